/**
 * The address of a picture as a page may load it. It comes from an identity provider, so it is whatever somebody typed:
 * only https is let through, without a name and password.
 */
export function photoUrl(photo: string | null | undefined): string | null {
  const url = photo ? URL.parse(photo) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  return url.href;
}
