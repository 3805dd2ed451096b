import { describe, expect, test } from 'vitest';
import { unshownDemands } from './enterprise-profile.ts';
import { contradictions, renderReport } from './report.ts';
import type { EnterpriseDemand } from './requirements/enterprise-demand.ts';
import { ipsieAccounts } from './requirements/ipsie-accounts.ts';
import { ipsieSessions } from './requirements/ipsie-sessions.ts';
import type { Specification } from './requirements/requirement.ts';

const specification: Specification = {
  name: 'RFC 7644',
  title: 'Protocol',
  requirements: [
    { section: '3.10', demands: 'Names have no case', shownBy: '§3.10 notation' },
    { section: '3.9', demands: 'Something else', different: 'for a reason' },
    { section: '3.8', demands: 'A third thing', notApplicable: 'it is about clients' },
  ],
};
const titles = [
  'RFC 7644 §3.10 notation: names',
  'RFC 7644 §3.2 endpoints: one',
  'RFC 7644 §3.10 notation: URNs',
];

describe('the report of conformance', () => {
  test('has each demand with what shows it, and the tests in the order of sections', () => {
    const report = renderReport([specification], titles);
    expect(report).toContain('| 3.10 | Names have no case | §3.10 notation: names (and 1 more) |');
    expect(report).toContain('- **RFC 7644 §3.9**, something else: for a reason.');
    expect(report).toContain('| 3.8 | A third thing | does not apply: it is about clients |');
    expect(report.indexOf('### §3.2')).toBeLessThan(report.indexOf('### §3.10'));
    expect(report).toContain('1 are shown by tests, 1 are met differently on purpose, and 1 do not apply');
  });

  test('is another one when a title is another one', () => {
    expect(renderReport([specification], titles)).not.toBe(renderReport([specification], titles.slice(1)));
  });

  test('is refused when no test shows what is claimed, or a title says no section', () => {
    expect(contradictions([specification], titles)).toEqual([]);
    expect(contradictions([specification], ['RFC 7643 §3.10 notation: names', 'a title'])).toEqual([
      'This title does not begin with its section: a title',
      'No test shows this demand of RFC 7644 §3.10: Names have no case',
    ]);
  });
});

describe('the enterprise profile', () => {
  const file = 'apps/server/test/conformance/report.test.ts';
  const demand: EnterpriseDemand = {
    level: 'SL1',
    demands: 'No | open redirect',
    met: 'by paths',
    shownBy: [],
  };

  test('names tests that are there', () => {
    expect(unshownDemands([...ipsieAccounts, ...ipsieSessions])).toEqual([]);
  });

  test('is refused with a demand that nothing shows, and with a test that is not there', () => {
    const gone = ['no such title', 'No | open redirect'].map((title) => ({ file, title }));
    expect(unshownDemands([demand, { ...demand, shownBy: gone }])).toEqual([
      'No test shows this demand of SL1: No | open redirect',
      ...gone.map(({ title }) => `There is no test of this title in ${file}: ${title}`),
    ]);
    expect(unshownDemands([{ ...demand, notMet: 'any of it' }])).toEqual([]);
  });

  test('has a line for each demand, which says what is not met', () => {
    const shownBy = [{ file, title: 'names tests that are there' }];
    const report = renderReport([specification], titles, [{ ...demand, notMet: 'a *part*', shownBy }]);
    expect(report).toContain(
      `| SL1 | No \\| open redirect | in part: by paths. Not met: a \\*part\\* | \`${file}\`: names tests that are there |`,
    );
  });
});
