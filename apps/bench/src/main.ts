/** `npm run bench`: measures the server in production mode, against the least that can be done; see the README here. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bench } from './bench.ts';
import { readOptions, USAGE, UsageError } from './options.ts';
import { PhaseFailed } from './play.ts';
import { describeSurroundings } from './report/machine.ts';
import { renderPage } from './report/page.ts';
import { renderTables } from './report/tables.ts';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');

/** Told to stop. */
class Stopped extends Error {}

const say = (text: string) => void process.stdout.write(text);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => {
    if (!interruption.signal.aborted) say('\nStopping …\n');
    interruption.abort(new Stopped());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  try {
    const options = readOptions(args);
    const outcome = await bench(options, interruption.signal, say);
    say(`\n${renderTables(outcome.phases)}`);
    if (options.write) {
      await writeFile(PAGE, renderPage(options, await describeSurroundings(outcome), outcome.phases));
    }
    return 0;
  } catch (error) {
    if (error instanceof Stopped) return 130;
    if (error instanceof UsageError) say(`${error.message}\n\n${USAGE}`);
    else if (error instanceof PhaseFailed) say(`\n${error.message}\n`);
    else throw error;
    return error instanceof UsageError ? 2 : 1;
  }
}
