import { readEnvironment } from './environment.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), {
  environment: readEnvironment(process.env),
  directory: process.cwd(),
  now: () => new Date(),
  writeOut: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
});
