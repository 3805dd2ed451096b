import ipaddr from 'ipaddr.js';

/** What IPv6 has given out for the public; what translates to IPv4 elsewhere could lead anywhere. */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/**
 * What kind of address it is that nobody on the internet could be reached at, such as `loopback` or `private`; undefined for
 * one that is public, or is no address.
 */
export function kindUnlessPublic(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  const kind: string = address.range();
  if (kind !== 'unicast') return kind;
  return address.kind() === 'ipv6' && !address.match(PUBLIC_IPV6) ? 'reserved' : undefined;
}
