import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from './environment.ts';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

/** Where the server of this machine may keep its data, the likeliest place first. */
export function dataDirectories({ dataDirectory }: Environment, directory: string): string[] {
  if (dataDirectory !== undefined) return [resolve(directory, dataDirectory)];
  return [...new Set([join(directory, '.rollcall'), join(REPOSITORY, '.rollcall')])];
}
