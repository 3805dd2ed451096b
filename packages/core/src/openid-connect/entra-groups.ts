import { LRUCache } from 'lru-cache';
import { type Configuration, clientCredentialsGrant, type IDToken } from 'openid-client';
import type { GuardedFetch } from '../guarded-fetch/guarded-fetch.ts';
import { isUuid } from '../text/uuid.ts';

/** The groups of somebody, or in a sentence why they are not known. */
export type DirectoryGroups = { readonly groups: readonly string[] } | { readonly problem: string };

/**
 * Whether Entra leaves the groups out of a token because they are too many (200, or 6 where the token comes through the
 * browser). It says so by `_claim_names` or `hasgroups`: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function hasTooManyGroups({ _claim_names: names, hasgroups }: IDToken): boolean {
  const elsewhere = typeof names === 'object' && names !== null && 'groups' in names;
  return elsewhere || hasgroups === true || hasgroups === 'true';
}

/** What somebody is told who did not allow the look, or can't look. */
export const tooManyGroups =
  'Entra ID sent no groups, for the person is in more than fit into a token. Send only groups that are assigned to the application, or have the groups fetched from Microsoft Graph.';

/** More are not answered: https://learn.microsoft.com/graph/api/directoryobject-getmemberobjects */
const MAX_GROUPS = 11_000;
/** A token is asked for anew while the one before is still good. */
const EARLY_MS = 60_000;
const MAX_TOKENS = 500;

/** Asks Microsoft Graph which groups people are in, as the application by which they sign in. */
export function openEntraGroups(fetch: GuardedFetch) {
  const tokens = new LRUCache<string, string>({ max: MAX_TOKENS });

  async function tokenFor(configuration: Configuration, host: string, key: string): Promise<string> {
    const known = tokens.get(key);
    if (known !== undefined) return known;
    const { access_token, expires_in } = await clientCredentialsGrant(configuration, {
      scope: `https://${host}/.default`,
    });
    const ttl = (expires_in ?? 0) * 1000 - EARLY_MS;
    if (ttl > 0) tokens.set(key, access_token, { ttl });
    return access_token;
  }

  /** The ids of the groups of the person whom the token names by `oid`, nested ones too. `key` tells clients apart. */
  return async (configuration: Configuration, key: string, { oid }: IDToken): Promise<DirectoryGroups> => {
    if (typeof oid !== 'string' || !isUuid(oid))
      return { problem: `${tooManyGroups} The claim oid is missing.` };
    const { issuer, msgraph_host = 'graph.microsoft.com' } = configuration.serverMetadata();
    const host = String(msgraph_host);
    const scheme = issuer.startsWith('http:') ? 'http' : 'https';
    try {
      const answer = await fetch(`${scheme}://${host}/v1.0/users/${oid}/getMemberObjects`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await tokenFor(configuration, host, key)}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ securityEnabledOnly: true }),
      });
      const body: unknown = await answer.json().catch(() => undefined);
      if (answer.status === 401) tokens.delete(key);
      const found = answer.ok ? idsIn(body) : undefined;
      return found === undefined ? { problem: refusalOf(answer.status, body) } : { groups: found };
    } catch (error) {
      return { problem: notFetched(error instanceof Error ? error.message : String(error)) };
    }
  };
}

const notFetched = (why: string): string =>
  `Entra ID sent no groups, for the person is in too many, and Microsoft Graph did not tell them either: ${why}`.slice(
    0,
    500,
  );

const fieldOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null
    ? Object.entries(body).find(([key]) => key === name)?.[1]
    : undefined;

function idsIn(body: unknown): string[] | undefined {
  const ids = fieldOf(body, 'value');
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').slice(0, MAX_GROUPS) : undefined;
}

function refusalOf(status: number, body: unknown): string {
  const told = fieldOf(fieldOf(body, 'error'), 'code');
  const code = typeof told === 'string' ? told : `HTTP ${status}`;
  const advice =
    status === 403
      ? ' Give the application the permission GroupMember.Read.All (type Application), and grant admin consent.'
      : '';
  return notFetched(`${code}.${advice}`);
}
