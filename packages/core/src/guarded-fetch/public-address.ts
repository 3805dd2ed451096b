import ipaddr from 'ipaddr.js';

/** What IPv6 has given out for the public; what translates to IPv4 elsewhere could lead anywhere. */
const PUBLIC_IPV6 = ipaddr.parseCIDR('2000::/3');

/** Public by their numbers, but answered inside a cloud alone, to whoever runs there. */
const CLOUD_INTERNAL = [
  // Azure's platform ("wire server"), which hands out certificates and settings of the machine.
  '168.63.129.16/32',
  // IBM Cloud: its services and service endpoints, which the API of its VPC reserves.
  '161.26.0.0/16',
  '166.8.0.0/14',
].map((range) => ipaddr.parseCIDR(range));

/**
 * What kind of address it is that nobody on the internet could be reached at, such as `loopback`, `private` or `cloudInternal`;
 * undefined for one that is public, or is no address.
 */
export function kindUnlessPublic(text: string): string | undefined {
  if (!ipaddr.isValid(text)) return undefined;
  const address = ipaddr.process(text);
  const kind: string = address.range();
  if (kind !== 'unicast') return kind;
  if (CLOUD_INTERNAL.some((range) => address.kind() === range[0].kind() && address.match(range)))
    return 'cloudInternal';
  return address.kind() === 'ipv6' && !address.match(PUBLIC_IPV6) ? 'reserved' : undefined;
}
