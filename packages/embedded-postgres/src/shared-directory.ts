import { chmod, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runsAsRoot } from './server-user.ts';

/**
 * Makes the directory, outside any checkout, for what the server's user must reach but can't where it is:
 * `/var/lib/rollcall` for root, `~/.cache/rollcall` for anyone else. Not the temporary directory, where another
 * user could put programs of his own under the name that we look for.
 */
export async function makeSharedDirectory(): Promise<string> {
  const directory = runsAsRoot() ? '/var/lib/rollcall' : join(homedir(), '.cache', 'rollcall');
  await mkdir(directory, { recursive: true });
  // Root's umask may be 077, and then the server's user could not enter.
  if (runsAsRoot()) await chmod(directory, 0o755);
  return directory;
}
