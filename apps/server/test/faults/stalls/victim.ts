import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect } from 'vitest';
import { z } from 'zod';
import { type HttpGraphQL, httpGraphQL } from '../../clients/graphql-client.ts';
import { liveClient } from '../../clients/live-client.ts';
import { USER } from '../../conformance/samples.ts';
import { type Company, tokenOf } from '../../world.ts';

/** What something took that happened often, in milliseconds. */
export interface Latencies {
  readonly count: number;
  readonly median: number;
  /** All but one of twenty took less. */
  readonly high: number;
  readonly worst: number;
}

/** What somebody met for a while. */
export interface Met {
  readonly requests: Latencies;
  /** From the answer to a change until their feed told of it. */
  readonly feed: Latencies;
  /** How long at most the process that measured had other things to do. */
  readonly worstOfOwnLoop: number;
}

/** Another account with a small load, one request after the other, each of which has to succeed; and with a feed. */
export interface Victim {
  /** Goes on for so long at least. */
  measure(milliseconds: number): Promise<Met>;
  close(): Promise<void>;
}

const LOOK = 'query ($id: ID!) { user(id: $id) { id displayName title emails { value } teams { id } } }';
const looked = z.object({ user: z.object({ id: z.string() }) });

export async function victimOf({ scim, admin }: Company, origin: string): Promise<Victim> {
  const userName = 'victim@example.com';
  const { id } = await scim.create('Users', { schemas: [USER], userName });
  const graphql: HttpGraphQL = httpGraphQL(origin, { authorization: `Bearer ${tokenOf(admin)}` });
  const { feedCursor } = await admin.query<{ feedCursor: string }>('{ feedCursor }');
  const live = liveClient(origin, { token: tokenOf(admin) });
  const events = live.events(feedCursor);
  let changes = 0;
  const change = () =>
    scim.expect(200, {
      method: 'PATCH',
      path: `/Users/${id}`,
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'title', value: `Title ${++changes}` }],
      },
    });
  const load: (() => Promise<unknown>)[] = [
    () => scim.read(`/Users/${id}`),
    () => scim.list('/Users', { filter: `userName eq "${userName}"` }),
    change,
    () => graphql.query(looked, LOOK, { id }),
  ];
  return {
    async measure(milliseconds) {
      const took: number[] = [];
      const told: number[] = [];
      const loop = monitorEventLoopDelay({ resolution: 1 });
      loop.enable();
      for (const until = performance.now() + milliseconds; performance.now() < until; ) {
        for (const request of load) {
          const began = performance.now();
          await request();
          took.push(performance.now() - began);
          if (request !== change) continue;
          const answered = performance.now();
          expect((await events.next()).value?.event?.subject.id).toBe(id);
          told.push(performance.now() - answered);
        }
      }
      loop.disable();
      return { requests: latenciesOf(took), feed: latenciesOf(told), worstOfOwnLoop: loop.max / 1e6 };
    },
    close: () => live.close(),
  };
}

function latenciesOf(took: number[]): Latencies {
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.floor(share * (took.length - 1))] ?? Number.NaN;
  return { count: took.length, median: at(0.5), high: at(0.95), worst: at(1) };
}
