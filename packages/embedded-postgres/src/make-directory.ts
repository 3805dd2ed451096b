import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a directory and those above it; answers whether it was missing. Node's own `recursive` tries for ever where the
 * system has no room for one, as in /proc.
 */
export async function makeDirectory(directory: string, mode?: number): Promise<boolean> {
  try {
    await mkdir(directory, mode);
    return true;
  } catch (error) {
    if (await isDirectory(directory)) return false;
    const parent = dirname(directory);
    if (!isMissing(error) || parent === directory || !(await makeDirectory(parent, mode))) throw error;
    return makeDirectory(directory, mode);
  }
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
