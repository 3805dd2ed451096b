import { type Command, parseCommand, USAGE, UsageError } from './arguments.ts';
import { progressDisplay } from './progress.ts';
import { renderReport } from './report.ts';
import { simulate } from './simulate.ts';

process.exitCode = await main(process.argv.slice(2));

/** Runs a command line and answers with the exit code. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    const command = parseCommand(argv);
    if (command.kind === 'simulate') return await run(command);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function run({ settings, json }: Extract<Command, { kind: 'simulate' }>): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const progress = progressDisplay(process.stderr);
  try {
    const { onProgress } = progress;
    const summary = await simulate({ ...settings, onProgress, signal: interruption.signal });
    progress.stop();
    process.stdout.write(json ? `${JSON.stringify(summary, undefined, 2)}\n` : renderReport(summary));
    return summary.failureCount > 0 || summary.stopped !== undefined ? 1 : 0;
  } catch (error) {
    progress.stop();
    if (!interruption.signal.aborted) throw error;
    process.stderr.write('Interrupted.\n');
    return 130;
  }
}
