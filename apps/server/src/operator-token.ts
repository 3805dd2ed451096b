import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret } from '@rollcall/core';

/** The operator's token: made on first start and kept in the data directory, readable by its owner alone. */
export async function operatorToken(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'operator-token');
  await mkdir(dataDirectory, { recursive: true });
  try {
    await writeFile(file, `${newSecret('operator', randomUUID()).secret}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
