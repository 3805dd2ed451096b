/**
 * Runs somebody else's SCIM suite against a started server: `node scripts/third-party.ts scim2-tester`. Needs Python 3.10
 * or newer, and the first time a way to pypi.org. Fails at every failure that is not a known deviation, and at every known
 * deviation that no longer occurs.
 */
import { deviations } from './third-party/known-deviations.ts';
import { PythonMissing, preparePython } from './third-party/python.ts';
import { report } from './third-party/report.ts';
import { withServer } from './third-party/server.ts';
import { isSuiteName, suites } from './third-party/suites.ts';
import { judge } from './third-party/verdict.ts';

process.exitCode = await main(process.argv[2]);

async function main(name = ''): Promise<number> {
  if (!isSuiteName(name)) {
    process.stderr.write(`Say which suite to run: ${Object.keys(suites).join(' or ')}.\n`);
    return 2;
  }
  const suite = suites[name];
  try {
    const environment = await preparePython(suite);
    const results = await withServer((endpoint) => suite.run(environment, endpoint));
    const verdict = judge(results, deviations[name]);
    process.stdout.write(report(suite, results, verdict));
    return verdict.unexpected.length + verdict.gone.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof PythonMissing)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
