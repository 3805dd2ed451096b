import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';
import { type HttpGraphQL, httpGraphQL } from '../../clients/graphql-client.ts';
import { USER } from '../../conformance/samples.ts';
import { type Company, tokenOf } from '../../world.ts';

/** What somebody's requests took, in milliseconds. */
export interface Latencies {
  readonly requests: number;
  readonly median: number;
  /** All but one of twenty took less. */
  readonly high: number;
  readonly worst: number;
  /** How long at most the process that measured had other things to do. */
  readonly worstOfOwnLoop: number;
}

/** Another account with a small load: one request after the other, each of which has to succeed. */
export interface Victim {
  /** Goes on for so long at least. */
  measure(milliseconds: number): Promise<Latencies>;
}

const LOOK = 'query ($id: ID!) { user(id: $id) { id displayName title emails { value } teams { id } } }';
const looked = z.object({ user: z.object({ id: z.string() }) });

export async function victimOf({ scim, admin }: Company, origin: string): Promise<Victim> {
  const userName = 'victim@example.com';
  const { id } = await scim.create('Users', { schemas: [USER], userName });
  const graphql: HttpGraphQL = httpGraphQL(origin, { authorization: `Bearer ${tokenOf(admin)}` });
  let changes = 0;
  const load: (() => Promise<unknown>)[] = [
    () => scim.read(`/Users/${id}`),
    () => scim.list('/Users', { filter: `userName eq "${userName}"` }),
    () =>
      scim.expect(200, {
        method: 'PATCH',
        path: `/Users/${id}`,
        body: {
          schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
          Operations: [{ op: 'replace', path: 'title', value: `Title ${++changes}` }],
        },
      }),
    () => graphql.query(looked, LOOK, { id }),
  ];
  return {
    async measure(milliseconds) {
      const took: number[] = [];
      const loop = monitorEventLoopDelay({ resolution: 1 });
      loop.enable();
      for (const until = performance.now() + milliseconds; performance.now() < until; ) {
        for (const request of load) {
          const began = performance.now();
          await request();
          took.push(performance.now() - began);
        }
      }
      loop.disable();
      return { ...latenciesOf(took), worstOfOwnLoop: loop.max / 1e6 };
    },
  };
}

function latenciesOf(took: number[]): Omit<Latencies, 'worstOfOwnLoop'> {
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(share * (took.length - 1))] ?? Number.NaN;
  return { requests: took.length, median: at(0.5), high: at(0.95), worst: at(1) };
}
