import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError } from './command-error.ts';
import { dataDirectories } from './data-directory.ts';
import type { Environment } from './environment.ts';

const FILE = 'operator-token';

/** The operator's secret, and where it was found, for messages. */
export interface OperatorToken {
  secret: string;
  source: string;
}

/**
 * Finds the operator token: in the environment, or in the file that the server keeps in its data directory.
 * @throws CommandError saying where it was looked for
 */
export async function findOperatorToken(environment: Environment, directory: string): Promise<OperatorToken> {
  if (environment.operatorToken !== undefined) {
    return { secret: environment.operatorToken, source: 'ROLLCALL_OPERATOR_TOKEN' };
  }
  const files = dataDirectories(environment, directory).map((folder) => join(folder, FILE));
  for (const file of files) {
    const secret = await readIfThere(file);
    if (secret === '') throw new CommandError(`The operator token file ${file} is empty. ${WAY_OUT}`);
    if (secret !== undefined) return { secret, source: file };
  }
  throw new CommandError(
    `There is no operator token: ROLLCALL_OPERATOR_TOKEN is not set, and there is no file ${files.join(' or ')}. ${WAY_OUT}`,
  );
}

const WAY_OUT =
  'The server writes the file into its data directory when it starts ("npm run start:server"). Start it, name its data directory by ROLLCALL_DATA_DIR, or set ROLLCALL_OPERATOR_TOKEN.';

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new CommandError(
      `The operator token file ${file} can't be read (${code ?? error}). Only the user who runs the server may read it: run this command as that user, or set ROLLCALL_OPERATOR_TOKEN.`,
    );
  }
}
