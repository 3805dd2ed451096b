/**
 * The path within our own pages that an address leads to; undefined when it leads elsewhere. It is read as the browser will,
 * which drops tabs and line ends and takes `\` for `/`.
 */
export function returnPathOf(address: string, adminUrl: string): string | undefined {
  const url = URL.parse(address, adminUrl);
  const { origin } = new URL(adminUrl);
  if (url?.origin !== origin || !url.href.startsWith(`${origin}/`)) return undefined;
  const path = url.pathname + url.search + url.hash;
  // Of two slashes the browser would make a host.
  return path.startsWith('//') ? undefined : path;
}
