import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a second start has to know of the demo account; passwords and tokens are kept nowhere else. */
export interface Demo {
  accountId: string;
  scimUrl: string;
  admin: { email: string; password: string };
  /** May read and nothing else. */
  apiToken: string;
  scimToken: string;
  /** Whether the provisioning came to its end. */
  filled: boolean;
}

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'demo.json');

/** The demo that an earlier start made. */
export async function findDemo(dataDirectory: string): Promise<Demo | undefined> {
  try {
    return JSON.parse(await readFile(fileIn(dataDirectory), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`${fileIn(dataDirectory)} can't be read. Delete it to get another demo account.`, {
      cause: error,
    });
  }
}

/** Keeps the demo for the next start, readable by its owner alone. */
export async function keepDemo(dataDirectory: string, demo: Demo): Promise<void> {
  const file = fileIn(dataDirectory);
  await writeFile(`${file}.new`, `${JSON.stringify(demo, undefined, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
