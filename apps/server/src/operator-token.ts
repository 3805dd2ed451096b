import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret, parseSecret } from '@rollcall/core';
import { StartRefused } from './start-refused.ts';

/** What it looks like, for messages. */
export const OPERATOR_TOKEN_FORM = 'rc_operator_ and 84 characters';

/** Is it one that a server has made, with 256 random bits? Nobody is let in with another one. */
export const isOperatorToken = (text: string): boolean => parseSecret(text)?.kind === 'operator';

/** The operator's token: made on first start and kept in the data directory, readable by its owner alone. */
export async function operatorToken(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'operator-token');
  await writeUnlessThere(file, () => `${newSecret('operator', randomUUID()).secret}\n`);
  const token = (await readFile(file, 'utf8')).trim();
  if (isOperatorToken(token)) return token;
  throw new StartRefused(
    `${file} has no operator's token, ${OPERATOR_TOKEN_FORM}. Delete it, and the server makes another one.`,
  );
}

/** A link appears with its contents, so nobody reads a token that is half written. */
async function writeUnlessThere(file: string, text: () => string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeFile(draft, text(), { mode: 0o600 });
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
}
