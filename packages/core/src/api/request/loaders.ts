import DataLoader from 'dataloader';
import type { Sql } from '../../database/database.ts';

/** Where something is read: in an account, and for an identity provider what its connection sees. */
export interface LoadScope {
  readonly db: Sql;
  readonly accountId: string;
  readonly connectionId: string | null;
}

/** What can be read of many objects at once: one statement, however many objects ask, and an answer for each id. */
export type Load<Value> = (scope: LoadScope, ids: readonly string[]) => Promise<readonly Value[]>;

/** What a request has read by id, and reads once. Each concept says in its `.loaders.ts` what can be read so. */
export class Loaders {
  readonly #scope: LoadScope;
  readonly #made = new Map<Load<unknown>, DataLoader<string, unknown>>();

  constructor(scope: LoadScope) {
    this.#scope = scope;
  }

  load<Value>(load: Load<Value>, id: string): Promise<Value> {
    const made = this.#made.get(load) ?? new DataLoader((ids: readonly string[]) => load(this.#scope, ids));
    this.#made.set(load, made);
    return made.load(id) as Promise<Value>;
  }
}
