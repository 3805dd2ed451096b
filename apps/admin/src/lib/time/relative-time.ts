const steps: readonly [limit: number, size: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60, 1, 'second'],
  [3_600, 60, 'minute'],
  [86_400, 3_600, 'hour'],
  [30 * 86_400, 86_400, 'day'],
  [365 * 86_400, 30 * 86_400, 'month'],
  [Number.POSITIVE_INFINITY, 365 * 86_400, 'year'],
];

const styles = {
  short: new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' }),
  inWords: new Intl.RelativeTimeFormat('en', { numeric: 'auto' }),
};

/** An instant as people say it: `just now`, `5m ago`, `yesterday`, or `5 minutes ago` in words. Times in milliseconds. */
export function relativeTime(instant: number, now: number, style: keyof typeof styles = 'short'): string {
  const seconds = Math.round((instant - now) / 1_000);
  const distance = Math.abs(seconds);
  if (distance < 10) return 'just now';
  const [, size, unit] = steps.find(([limit]) => distance < limit) ?? [0, 1, 'second' as const];
  return styles[style].format(Math.trunc(seconds / size), unit);
}
