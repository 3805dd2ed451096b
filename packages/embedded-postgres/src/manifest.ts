import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The SHA-256 of each file of a directory, by its path in it. */
export type Digests = Readonly<Record<string, string>>;

const MANIFEST = 'manifest.json';

/** Reads every file of a directory. */
export async function digestsOf(directory: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const path of await filesOf(directory)) {
    const hash = createHash('sha256');
    for await (const bytes of createReadStream(path)) hash.update(bytes);
    digests[relative(directory, path)] = hash.digest('hex');
  }
  return digests;
}

/** Waits until every file of a directory is on the disk. */
export async function syncFiles(directory: string): Promise<void> {
  for (const path of await filesOf(directory)) {
    const file = await open(path);
    await file.sync().finally(() => file.close());
  }
}

async function filesOf(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== MANIFEST);
  return files.map(({ parentPath, name }) => join(parentPath, name));
}

/** Writes beside the files what they are. */
export const writeManifest = (directory: string, files: Digests): Promise<void> =>
  writeFile(join(directory, MANIFEST), `${JSON.stringify({ files }, null, 1)}\n`, {
    mode: 0o600,
    flush: true,
  });

/** Answers how many files a directory has. @throws Error when one is missing, is new, or is not what it was */
export async function readManifest(directory: string, needed: readonly string[]): Promise<number> {
  const text = await readFile(join(directory, MANIFEST), 'utf8').catch((cause) => {
    throw new Error(`There is no whole backup in ${directory}: it has no ${MANIFEST}.`, { cause });
  });
  const files = readFiles(text);
  if (files === undefined || needed.some((path) => !Object.hasOwn(files, path)))
    throw new Error(
      `There is no whole backup in ${directory}: its ${MANIFEST} is empty or broken. Take another one.`,
    );
  const found = await digestsOf(directory);
  const different = [...new Set([...Object.keys(files), ...Object.keys(found)])].filter(
    (path) => files[path] !== found[path],
  );
  if (different.length === 0) return Object.keys(files).length;
  const named = different.slice(0, 5).join(', ');
  throw new Error(
    `The backup in ${directory} is not what it was: ${named}${different.length > 5 ? ` and ${different.length - 5} more` : ''} changed, or came or went. Take another one.`,
  );
}

function readFiles(text: string): Digests | undefined {
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== 'object' || manifest === null || !('files' in manifest)) return undefined;
    const { files } = manifest;
    return typeof files === 'object' && files !== null
      ? Object.fromEntries(Object.entries(files))
      : undefined;
  } catch {
    return undefined;
  }
}
