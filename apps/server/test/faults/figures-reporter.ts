import type { Reporter, TestModule } from 'vitest/node';
import { describeFigures } from './figures.ts';

/** Prints what came of each fault, as a table of Markdown. */
export default class FiguresReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules
      .flatMap((module) => [...module.children.allTests()])
      .flatMap((test) => {
        const { figures } = test.meta();
        return figures === undefined ? [] : [`| ${test.name} | ${describeFigures(figures)} |`];
      });
    if (rows.length === 0) return;
    process.stdout.write(`\n| fault | what came of it |\n| --- | --- |\n${rows.join('\n')}\n`);
  }
}
