import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { newSecret, parseSecret } from '@rollcall/core';
import { madeOnce } from './made-once.ts';
import { StartRefused } from './start-refused.ts';

/** What it looks like, for messages. */
export const OPERATOR_TOKEN_FORM = 'rc_operator_ and 84 characters';

/** Is it one that a server has made, with 256 random bits? Nobody is let in with another one. */
export const isOperatorToken = (text: string): boolean => parseSecret(text)?.kind === 'operator';

/** The operator's token: made on first start and kept in the data directory, readable by its owner alone. */
export async function operatorToken(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'operator-token');
  const token = await madeOnce(file, () => newSecret('operator', randomUUID()).secret);
  if (isOperatorToken(token)) return token;
  throw new StartRefused(
    `${file} has no operator's token, ${OPERATOR_TOKEN_FORM}. Delete it, and the server makes another one.`,
  );
}
