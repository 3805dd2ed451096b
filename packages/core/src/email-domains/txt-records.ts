import { Resolver } from 'node:dns/promises';

/** Asks the DNS for the texts at a name; none where there is nothing. */
export type ResolveTxt = (name: string) => Promise<string[]>;

const NOTHING: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

export const resolveTxtByDns: ResolveTxt = async (name) => {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    if (error instanceof Error && 'code' in error && NOTHING.has(error.code)) return [];
    throw error;
  }
};

/** Beside the domain and not at it, where other records are. */
export const txtNameOf = (domain: string): string => `_rollcall.${domain}`;

export const txtValueOf = (challenge: string): string => `rollcall-domain=${challenge}`;
