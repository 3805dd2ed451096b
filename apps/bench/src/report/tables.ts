import type { PhaseSummary, Summary } from './summary.ts';
import { type Comparison, comparisons } from './targets.ts';

/** The tables of all comparisons, as Markdown, with what was met and what was missed. */
export function renderTables(phases: readonly PhaseSummary[]): string {
  const present = comparisons.filter((comparison) => phases.some(({ ratios }) => ratios.has(comparison)));
  return present.map((comparison) => renderComparison(comparison, phases)).join('\n');
}

function renderComparison(comparison: Comparison, phases: readonly PhaseSummary[]): string {
  const { title, why, of, to } = comparison;
  const header = ['phase', 'ratio', 'at least', 'met', ...figureHeaders(of), ...figureHeaders(to)];
  const rows = phases.map((phase) => [
    phase.title,
    format(phase.ratios.get(comparison)),
    format(comparison.target(phase.name)),
    verdict(phase, comparison),
    ...figureCells(phase.by.get(of)),
    ...figureCells(phase.by.get(to)),
  ]);
  return `## ${title}\n\n${why}\n\n${renderTable(header, rows)}\n\n${renderVerdict(comparison, phases)}\n`;
}

const figureHeaders = (name: string) => [
  `${name}: a second`,
  'p50, p99 ms',
  'CPU ms a request, server + PostgreSQL',
];

function figureCells(summary: Summary | undefined): string[] {
  if (summary === undefined) return ['', '', ''];
  const { perSecond, p50, p99, serverTime, postgresTime } = summary;
  return [
    format(perSecond),
    `${format(p50)}, ${format(p99)}`,
    serverTime === undefined ? '' : `${format(serverTime)} + ${format(postgresTime)}`,
  ];
}

/** Whether a phase reaches its target; undefined where there is none. */
export function isMet({ name, ratios }: PhaseSummary, comparison: Comparison): boolean | undefined {
  const target = comparison.target(name);
  const ratio = ratios.get(comparison);
  return target === undefined || ratio === undefined ? undefined : ratio >= target;
}

function verdict(phase: PhaseSummary, comparison: Comparison): string {
  const met = isMet(phase, comparison);
  return met === undefined ? '' : met ? 'yes' : '**no**';
}

function renderVerdict(comparison: Comparison, phases: readonly PhaseSummary[]): string {
  const judged = phases.filter((phase) => isMet(phase, comparison) !== undefined);
  const missed = judged.filter((phase) => !isMet(phase, comparison));
  const met = `Met: ${judged.length - missed.length} of ${judged.length}.`;
  return missed.length === 0 ? met : `${met} Missed: ${missed.map(({ title }) => title).join('; ')}.`;
}

function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, column) => (column === 0 ? '---' : '--:'));
  return [header, rule, ...rows].map(line).join('\n');
}

/** Three digits, or all before the point. */
export function format(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '';
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
