import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { scimClient } from '../clients/scim-client.ts';
import type { TwoNodes } from './two-nodes.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Requests of others, which do not stop. */
export interface OthersLoad {
  readonly answered: number;
  stop(): Promise<void>;
}

/** Has so many clients at each node read and write in an account of their own, each with one request at a time. */
export async function keepBusy({ origins, openCompany }: TwoNodes, clients: number): Promise<OthersLoad> {
  const company = await openCompany();
  const token = await company.issueToken({ kind: 'SCIM', name: 'Another identity provider' });
  const reader = await company.issueToken({ kind: 'API', name: 'A reader', permissions: ['users:read'] });
  const end = new AbortController();
  let answered = 0;

  async function goOn(origin: string): Promise<void> {
    const scim = scimClient(origin, `/scim/v2/${company.id}`, token);
    const graphql = httpGraphQL(origin, { authorization: `Bearer ${reader}` });
    while (!end.signal.aborted) {
      const { id } = await scim.create('Users', { schemas: [USER], userName: randomUUID() });
      await scim.patch(`/Users/${id}`, { op: 'replace', path: 'title', value: 'Clerk' });
      await graphql.query(z.unknown(), '{ users(first: 20) { nodes { id userName } } }');
      answered += 3;
    }
  }

  const going = origins.flatMap((origin) => Array.from({ length: clients }, () => goOn(origin)));
  return {
    get answered() {
      return answered;
    },
    async stop() {
      end.abort();
      await Promise.all(going);
    },
  };
}
