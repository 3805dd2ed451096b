import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../command.ts';

const run = promisify(execFile);

/** Packages to run, each pinned as `name==version`; the first is the suite. */
export interface PythonPackages {
  readonly packages: readonly [string, ...string[]];
}

/** A virtual environment with the packages in it. */
export interface PythonEnvironment {
  /** The path of a program of the environment, such as `python`. */
  program(name: string): string;
}

/** Something that has to be on the machine is not; the message says what. */
export class PythonMissing extends Error {}

const CANDIDATES = [
  'python3',
  'python3.14',
  'python3.13',
  'python3.12',
  'python3.11',
  'python3.10',
  'python',
];
const IS_RECENT = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';

/** Finds or makes the environment, in the ignored data directory of the project. @throws PythonMissing */
export async function preparePython({ packages }: PythonPackages): Promise<PythonEnvironment> {
  const directory = join(ROOT, '.rollcall', 'third-party', packages[0].replace('==', '-'));
  const complete = join(directory, 'complete.txt');
  if (!existsSync(complete)) {
    const python = await findPython();
    process.stdout.write(`Installing ${packages.join(' ')} into ${directory}\n`);
    await rm(directory, { recursive: true, force: true });
    await run(python, ['-m', 'venv', directory]);
    await install(join(directory, 'bin', 'python'), packages);
    await writeFile(complete, `${packages.join('\n')}\n`);
  }
  return { program: (name) => join(directory, 'bin', name) };
}

async function findPython(): Promise<string> {
  for (const candidate of CANDIDATES) {
    const isRecent = await run(candidate, ['-c', IS_RECENT]).then(
      () => true,
      () => false,
    );
    if (isRecent) return candidate;
  }
  throw new PythonMissing(
    'This suite is written in Python: install Python 3.10 or newer with its venv module (Debian: python3 and python3-venv), so that `python3` finds it.',
  );
}

async function install(python: string, packages: readonly string[]): Promise<void> {
  try {
    await run(python, ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', ...packages]);
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    throw new PythonMissing(
      `The suite could not be installed. It comes from pypi.org (or the index that pip is set up with): is there a way to it?\n${reason}`,
    );
  }
}
