import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { dataDirectories } from '../data-directory.ts';
import type { Surroundings } from '../surroundings.ts';

/** Where the server of this machine keeps, or would keep, a database of its own: the first place that has one. */
export function databaseDirectory({ environment, directory }: Surroundings): string {
  const places = dataDirectories(environment, directory).map((place) => join(place, 'postgres'));
  const found = places.find((place) => existsSync(place)) ?? places.at(-1);
  if (found === undefined) throw new Error('A server keeps its data somewhere.');
  return found;
}
