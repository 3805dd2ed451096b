import { z } from 'zod';
import type { HttpGraphQL } from '../clients/graphql-client.ts';
import type { ScimClient } from '../clients/scim-client.ts';
import type { Follower } from './follower.ts';
import { EVERYBODY, type Write } from './load.ts';

/** What is there of what was written, and what was told of it. */
export interface Reckoning {
  readonly acknowledged: number;
  /** Acknowledged, and not in the directory or not in the log. */
  readonly lost: readonly string[];
  /** In the directory and not in the log, or the other way round. */
  readonly halves: readonly string[];
  /** Twice in the log. */
  readonly doubled: readonly string[];
  /** What each follower heard. */
  readonly heard: readonly Hearing[];
}

/** What a follower heard of the log. */
export interface Hearing {
  readonly gaps: number;
  readonly missed: number;
  readonly twice: number;
  /** Of what it was told, what is not in the log any more. */
  readonly gone: number;
  readonly inOrder: boolean;
}

const keyOf = ({ type, mark }: Pick<Write, 'type' | 'mark'>): string => `${type} ${mark}`;

/** The keys that the log has to have. */
export const acknowledgedIn = (writes: readonly Write[]): string[] =>
  writes.filter(({ isAcknowledged }) => isAcknowledged).map(keyOf);

/** Compares what was written with the directory, with the log and with what its followers were told. */
export async function reckon(
  writes: readonly Write[],
  scim: ScimClient,
  log: readonly LoggedEvent[],
  followers: readonly Follower[],
): Promise<Reckoning> {
  const inDirectory = await readDirectory(scim);
  const keys = log.flatMap(({ key }) => key ?? []);
  const inLog = new Set(keys);
  const acknowledged = acknowledgedIn(writes);
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((key) => !inDirectory.has(key) || !inLog.has(key)),
    halves: writes.map(keyOf).filter((key) => inDirectory.has(key) !== inLog.has(key)),
    doubled: twiceIn(keys),
    heard: followers.map((follower) => hearingOf(follower, log)),
  };
}

function hearingOf({ told, gaps }: Follower, log: readonly LoggedEvent[]): Hearing {
  const ids = log.map(({ id }) => id);
  const inLog = new Set(ids);
  const heard = new Set(told);
  return {
    gaps,
    missed: ids.filter((id) => !heard.has(id)).length,
    twice: twiceIn(told).length,
    gone: told.filter((id) => !inLog.has(id)).length,
    inOrder: told.filter((id) => inLog.has(id)).join() === ids.join(),
  };
}

function twiceIn(all: readonly string[]): string[] {
  const seen = new Set<string>();
  return all.filter((one) => seen.size === seen.add(one).size);
}

/** The writes that are seen in the directory. */
async function readDirectory(scim: ScimClient): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  const names = new Map<unknown, string>();
  for (let startIndex = 1, total = 1; startIndex <= total; startIndex += 500) {
    const query = { startIndex, count: 500, attributes: 'userName,title', sortBy: 'userName' };
    const { Resources, totalResults } = await scim.list('/Users', query);
    total = totalResults;
    for (const { id, userName, title } of Resources) {
      names.set(id, String(userName));
      seen.add(keyOf({ type: 'USER_CREATED', mark: String(userName) }));
      if (title !== undefined) seen.add(keyOf({ type: 'USER_UPDATED', mark: String(title) }));
    }
  }
  const { Resources } = await scim.list('/Groups', { filter: `displayName eq "${EVERYBODY}"` });
  const { members } = z.object({ members: z.array(z.object({ value: z.string() })) }).parse(Resources[0]);
  for (const { value } of members)
    seen.add(keyOf({ type: 'TEAM_MEMBER_ADDED', mark: names.get(value) ?? value }));
  return seen;
}

/** An event of the log; without a key it is about nothing that a writer wrote. */
export interface LoggedEvent {
  readonly id: string;
  readonly key: string | undefined;
}

const page = z.object({
  events: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        type: z.string(),
        subject: z.object({ label: z.string() }),
        related: z.object({ label: z.string() }).nullable(),
      }),
    ),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  }),
});

const events = `query ($after: Cursor) { events(first: 500, after: $after) {
  nodes { id type subject { label } related { label } } pageInfo { hasNextPage endCursor } } }`;

/** The whole log of the account, the oldest first. */
export async function readLog(reader: HttpGraphQL): Promise<LoggedEvent[]> {
  const log: LoggedEvent[] = [];
  let after: string | null = null;
  do {
    const { nodes, pageInfo }: z.infer<typeof page>['events'] = (await reader.query(page, events, { after }))
      .events;
    for (const { id, type, subject, related } of nodes)
      log.push({ id, key: keyOfEvent(type, (related ?? subject).label) });
    after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
  } while (after !== null);
  return log.reverse();
}

const TYPES: ReadonlySet<string> = new Set<Write['type']>([
  'USER_CREATED',
  'USER_UPDATED',
  'TEAM_MEMBER_ADDED',
]);
const keyOfEvent = (type: string, label: string) =>
  TYPES.has(type) && /^w\d+-\d+$/.test(label) ? `${type} ${label}` : undefined;
