import { randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeDirectory } from '@rollcall/embedded-postgres';
import { StartRefused } from './start-refused.ts';

/** Makes the data directory, and sees that files can be written there. @throws StartRefused */
export async function openDataDirectory(directory: string): Promise<void> {
  const trial = join(directory, `.writable-${randomUUID()}`);
  try {
    await makeDirectory(resolve(directory));
    await writeFile(trial, 'written');
    await rm(trial);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `ROLLCALL_DATA_DIR: nothing can be written in ${resolve(directory)} (${reason}). Let the server's user write there and leave room on its disk, or name another directory, such as .rollcall.`,
      { cause: error },
    );
  }
}
