/** Where to go after signing in: only paths of this site, so that a link can't send people elsewhere. */
export function safeNextPath(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : '/activity';
}

/** Leaves for the sign-in page and remembers where the person was. */
export function goToSignIn(): void {
  if (window.location.pathname === '/sign-in') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
