/**
 * Where to go after signing in: only to this site, so that a link can't send people elsewhere. The URL is compared as the
 * browser will read it, which drops tabs and line ends and takes `\` for `/`. An origin alone does not tell: a blob has the one of the page that made it.
 */
export function safeNextUrl(next: string | null, origin: string): string {
  const url = next === null ? null : URL.parse(next, origin);
  const isOurs = url?.origin === origin && url.href.startsWith(`${origin}/`);
  return isOurs ? url.href : new URL('/activity', origin).href;
}

/** Leaves for the sign-in page and remembers where the person was. */
export function goToSignIn(): void {
  if (window.location.pathname === '/sign-in') return;
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
