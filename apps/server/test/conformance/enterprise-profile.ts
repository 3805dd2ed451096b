import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnterpriseDemand, NamedTest } from './requirements/enterprise-demand.ts';
import { tableCell } from './table-cell.ts';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));

/** What the demands claim and no test bears out; nothing when each names tests that are there, or says what it lacks. */
export function unshownDemands(demands: readonly EnterpriseDemand[]): string[] {
  return demands.flatMap(({ level, demands: demanded, notMet, shownBy }) => [
    ...(shownBy.length === 0 && notMet === undefined
      ? [`No test shows this demand of ${level}: ${demanded}`]
      : []),
    ...shownBy
      .filter((test) => !isThere(test))
      .map(({ file, title }) => `There is no test of this title in ${file}: ${title}`),
  ]);
}

/** As what a test is called, not anywhere in the file. */
function isThere({ file, title }: NamedTest): boolean {
  const path = join(repository, file);
  if (!existsSync(path)) return false;
  const named = new RegExp(`(?:\\(\\s*|"title": )(['"\`])${RegExp.escape(title)}\\1`);
  return named.test(readFileSync(path, 'utf8'));
}

/** The chapter of the page of docs that goes through the profile line by line. */
export function renderProfile(demands: readonly EnterpriseDemand[]): string[] {
  const whole = demands.filter(({ notMet }) => notMet === undefined).length;
  return [
    '## What the enterprise profile demands (IPSIE, OpenID Foundation)',
    `Account lifecycle (AL1 to AL3) by SCIM and session lifecycle (SL1 and SL2) by OpenID Connect and SAML, as drafts of 2026 have them, in our words. Of ${demands.length} demands ${whole} are met, and ${demands.length - whole} in part. A check fails when a test named here is not there.`,
    [
      '| level | demand | how it is met | shown by |',
      '| --- | --- | --- | --- |',
      ...demands.map(
        (one) =>
          `| ${one.level} | ${tableCell(one.demands)} | ${tableCell(howMet(one))} | ${namesOf(one.shownBy)} |`,
      ),
    ].join('\n'),
  ];
}

const howMet = ({ met, notMet }: EnterpriseDemand): string =>
  notMet === undefined ? met : `in part: ${met}. Not met: ${notMet}`;

function namesOf(tests: readonly NamedTest[]): string {
  const byFile = [...Map.groupBy(tests, ({ file }) => file)];
  return byFile
    .map(([file, of]) => `\`${file}\`: ${of.map(({ title }) => tableCell(title)).join('; ')}`)
    .join('<br>');
}
