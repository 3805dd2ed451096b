import { execFile } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Outcome } from '../bench.ts';

/** Half a core, on which something like an editor runs. */
const QUIET = 0.5;
const GIBIBYTE = 1024 ** 3;

/** What was measured, and on what, in a sentence each. */
export async function describeSurroundings({
  postgresVersion,
  loadBefore,
}: Omit<Outcome, 'phases'>): Promise<string[]> {
  const processors = cpus();
  return [
    `Commit ${await describeCommit()}.`,
    `${processors[0]?.model.trim()}, ${processors.length} cores, ${Math.round(totalmem() / GIBIBYTE)} GB of memory; Node ${process.version}, PostgreSQL ${postgresVersion}.`,
    `Others wanted ${loadBefore.toFixed(1)} of the cores in the minute before${loadBefore > QUIET ? ', so the machine was **not quiet**, and ratios may differ by a factor of two between runs' : ''}.`,
  ];
}

async function describeCommit(): Promise<string> {
  const git = async (...args: string[]) =>
    (await promisify(execFile)('git', args, { cwd: import.meta.dirname })).stdout.trim();
  try {
    const [commit, changes] = await Promise.all([
      git('rev-parse', '--short', 'HEAD'),
      git('status', '--porcelain', '--untracked-files=no'),
    ]);
    return changes === '' ? commit : `${commit} with changes`;
  } catch {
    return 'unknown';
  }
}
