import type { ProgressEvent } from '@rollcall/idp-simulator';

/** Says what is being waited for, and how long it took. @throws whatever the work throws */
export async function waitFor<T>(title: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  process.stdout.write(`${title} … `);
  try {
    const result = await work();
    process.stdout.write(`${((performance.now() - startedAt) / 1_000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stdout.write('\n');
    throw error;
  }
}

/** Names each phase of a provisioning run as it begins. */
export function namePhases(): (event: ProgressEvent) => void {
  let last = '';
  return ({ cycle, phase }) => {
    const name = cycle === 'delta' ? 'changes' : phase;
    if (name !== last && name !== 'probe') process.stdout.write(`${name.replace('-', ' ')}, `);
    last = name;
  };
}
