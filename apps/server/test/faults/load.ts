import { setTimeout as sleep } from 'node:timers/promises';
import { patchOf, type ScimClient, type ScimRequest } from '../clients/scim-client.ts';

/** A write that was sent; the mark is in what it leaves behind. */
export interface Write {
  readonly type: 'USER_CREATED' | 'USER_UPDATED' | 'TEAM_MEMBER_ADDED';
  readonly mark: string;
  /** False when the answer did not say so, or did not come: it may have been made. */
  readonly isAcknowledged: boolean;
}

/** An identity provider whose writers do not stop for anything. */
export interface Load {
  readonly writes: readonly Write[];
  /** Waits until so many more writes are acknowledged. @throws Error at an answer that no writer may get */
  untilAcknowledged(more: number): Promise<void>;
  /** Waits until so many more are not. */
  untilRefused(more: number): Promise<void>;
  stop(): Promise<void>;
}

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
/** How long a writer waits after a failure. */
const PAUSE_MS = 50;

/** The name of the group that everybody joins. */
export const EVERYBODY = 'Everybody';

/**
 * Starts so many writers; each creates a person, changes them and puts them into a group, and begins anew. Whatever fails
 * is to have one of these statuses, or no answer.
 */
export async function startLoad(
  scim: ScimClient,
  writers: number,
  statuses: readonly number[],
): Promise<Load> {
  const group = await scim.create('Groups', { schemas: [GROUP], displayName: EVERYBODY });
  const writes: Write[] = [];
  const end = new AbortController();
  const acknowledged = new Tally();
  const refused = new Tally();

  async function write(type: Write['type'], mark: string, request: ScimRequest) {
    const answer = await scim.send(request).catch(() => undefined);
    const isAcknowledged = answer !== undefined && answer.status < 300;
    writes.push({ type, mark, isAcknowledged });
    (isAcknowledged ? acknowledged : refused).count();
    if (isAcknowledged) return answer;
    if (answer !== undefined && !statuses.includes(answer.status))
      acknowledged.fail(new Error(`${type} ${mark} was answered with ${answer.status}.`));
    await sleep(PAUSE_MS);
    return undefined;
  }

  async function hire(mark: string): Promise<void> {
    const body = { schemas: [USER], userName: mark, displayName: mark };
    const created = await write('USER_CREATED', mark, { method: 'POST', path: '/Users', body });
    if (created === undefined) return;
    const { id } = created.body;
    const change = (type: Write['type'], path: string, operation: object) =>
      write(type, mark, { method: 'PATCH', path, body: patchOf(operation) });
    await change('USER_UPDATED', `/Users/${id}`, { op: 'replace', path: 'title', value: mark });
    const joining = { op: 'add', path: 'members', value: [{ value: id }] };
    await change('TEAM_MEMBER_ADDED', `/Groups/${group.id}`, joining);
  }

  async function writer(name: number): Promise<void> {
    for (let n = 0; !end.signal.aborted; n += 1) await hire(`w${name}-${n}`);
  }

  const running = Array.from({ length: writers }, (_, name) => writer(name));
  return {
    writes,
    untilAcknowledged: (more) => acknowledged.untilMore(more),
    untilRefused: (more) => refused.untilMore(more),
    async stop() {
      end.abort();
      await Promise.all(running);
    },
  };
}

/** Counts, and wakes who waits for a number. */
class Tally {
  #count = 0;
  #failure: Error | undefined;
  readonly #waiting = new Set<() => void>();

  count(): void {
    this.#count += 1;
    this.#wake();
  }

  /** Whoever waits, now or later, waits in vain. */
  fail(failure: Error): void {
    this.#failure ??= failure;
    this.#wake();
  }

  untilMore(more: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const wanted = this.#count + more;
    const look = () => {
      if (this.#failure !== undefined) reject(this.#failure);
      else if (this.#count >= wanted) resolve();
      else return;
      this.#waiting.delete(look);
    };
    this.#waiting.add(look);
    look();
    return promise;
  }

  #wake(): void {
    for (const look of this.#waiting) look();
  }
}
