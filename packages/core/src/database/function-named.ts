import { readFileSync } from 'node:fs';

/**
 * The statement that makes a function of the database as `functions/<name>.sql` has it now. A function that changes is
 * named by a new migration, for databases that exist. An earlier migration that named it makes it as it is now, too;
 * where it can't yet, because a column or another function is missing, the new one alone names it from then on. The folder lies beside the bundle of the
 * built server, too (apps/server/build.ts).
 */
export const functionNamed = (name: string): string =>
  readFileSync(new URL(`functions/${name}.sql`, import.meta.url), 'utf8');
