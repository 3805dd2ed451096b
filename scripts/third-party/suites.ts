import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { PythonEnvironment, PythonPackages } from './python.ts';
import type { Endpoint } from './server.ts';

const run = promisify(execFile);

/** What a suite says of one of its checks. */
export interface Result {
  readonly test: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message: string;
}

/** Somebody else's suite: where it comes from, and how it is run. */
export interface Suite extends PythonPackages {
  readonly home: string;
  run(environment: PythonEnvironment, endpoint: Endpoint): Promise<Result[]>;
}

const scim2Tester: Suite = {
  home: 'https://github.com/python-scim/scim2-tester',
  packages: ['scim2-tester==0.5.2', 'scim2-client==0.13.2', 'scim2-models==0.12.3', 'httpx2==2.16.2'],
  async run({ program }, { url, token }) {
    const script = join(import.meta.dirname, 'scim2_tester_run.py');
    const found: { test: string; status: string; reason: string }[] = await jsonOf(
      program('python'),
      [script],
      {
        SCIM_URL: url,
        SCIM_TOKEN: token,
      },
    );
    return found.map(({ test, status, reason }) => ({
      test,
      outcome: scim2TesterOutcomes[status] ?? 'failed',
      message: reason,
    }));
  },
};

/** By its own words: a deviation departs from what the RFCs recommend; acceptable is what they leave open. */
const scim2TesterOutcomes: Readonly<Record<string, Result['outcome']>> = {
  SUCCESS: 'passed',
  COMPLIANT: 'passed',
  ACCEPTABLE: 'passed',
  SKIPPED: 'skipped',
};

const scimSanity: Suite = {
  home: 'https://github.com/thomaselliottbetz/scim-sanity',
  packages: ['scim-sanity==0.7.4'],
  async run({ program }, { url, token }) {
    const args = ['probe', url, '--token', token, '--i-accept-side-effects', '--json-output'];
    const { results }: { results: { name: string; status: string; message?: string; phase: string }[] } =
      await jsonOf(program('scim-sanity'), args);
    return results.map(({ name, status, message = '', phase }) => ({
      test: `${phase}: ${name}`,
      outcome: scimSanityOutcomes[status] ?? 'failed',
      message,
    }));
  },
};

const scimSanityOutcomes: Readonly<Record<string, Result['outcome']>> = { pass: 'passed', skip: 'skipped' };

/** The suites by the names that they are run by. */
export const suites = { 'scim2-tester': scim2Tester, 'scim-sanity': scimSanity };

export type SuiteName = keyof typeof suites;

export const isSuiteName = (name: string): name is SuiteName => Object.hasOwn(suites, name);

/** Both suites end with an error code when a check fails, and have told all by then. */
async function jsonOf(program: string, args: readonly string[], variables: Record<string, string> = {}) {
  const options = { env: { ...process.env, ...variables }, maxBuffer: 64 * 1024 * 1024 };
  const { stdout, stderr } = await run(program, args, options).catch((error: unknown) => {
    if (error instanceof Error && 'stdout' in error && 'stderr' in error) return error;
    throw error;
  });
  try {
    return JSON.parse(String(stdout));
  } catch (cause) {
    throw new Error(`${program} did not come to its end:\n${stderr}\n${stdout}`, { cause });
  }
}
