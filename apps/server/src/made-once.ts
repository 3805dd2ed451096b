import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';

/** What is in a file that its owner alone may read; it is made with the text that `make` gives when it is not there yet. */
export async function madeOnce(file: string, make: () => string): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  try {
    // A link appears with its contents, so nobody reads a file that is half written.
    await writeFile(draft, `${make()}\n`, { mode: 0o600 });
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(file, 'utf8')).trim();
}
