import { promises as dns, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { FetchRefused } from './fetch-refused.ts';
import { kindUnlessPublic } from './public-address.ts';

/** Asks the DNS for all addresses of a host. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

export const resolveByDns: Resolve = (hostname) => dns.lookup(hostname, { all: true, order: 'verbatim' });

/** Looks a host up for a socket that may connect to any address. */
export const lookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) callback(new Error(`${hostname} has no address`), '');
        else if (all) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };

/**
 * Looks a host up for the very socket that is about to connect, so that no later answer of the DNS can lead it elsewhere, and
 * fails where one of its addresses is not public.
 */
export const publicLookup = (resolve: Resolve): LookupFunction =>
  lookup(async (hostname) => {
    const addresses = await resolve(hostname);
    for (const { address } of addresses) assertPublic(hostname, address);
    return addresses;
  });

/** @throws FetchRefused */
export function assertPublic(hostname: string, address: string): void {
  const kind = kindUnlessPublic(address);
  if (kind === undefined) return;
  throw new FetchRefused(
    'PUBLIC_ADDRESS',
    `${hostname} has the address ${address} (${kind}), and the server fetches from public addresses only. Enter one that is reached over the internet, or have whoever runs the server list it in ALLOWED_PRIVATE_HOSTS.`,
  );
}
