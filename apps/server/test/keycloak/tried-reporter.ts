import type { Reporter, TestModule } from 'vitest/node';

const outcomes = { passed: 'works', failed: 'FAILS', skipped: 'not tried', pending: 'not tried' } as const;

/** Prints what was tried, as a table of Markdown. */
export default class TriedReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules
      .flatMap((module) => [...module.children.allTests()])
      .map((test) => `| ${test.fullName.replace(' > ', ': ')} | ${outcomes[test.result().state]} |`);
    process.stdout.write(`\n| with Keycloak | |\n| --- | --- |\n${rows.join('\n')}\n`);
  }
}
