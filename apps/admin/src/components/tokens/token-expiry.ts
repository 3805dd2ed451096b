const day = 86_400_000;

export interface ExpiryPreset {
  value: string;
  label: string;
  days: number | null;
}

/** How long a token of one's own may live: a year at most. */
export const ownExpiryPresets: readonly (ExpiryPreset & { days: number })[] = [
  { value: '30', label: '30 days', days: 30 },
  { value: '90', label: '90 days', days: 90 },
  { value: '365', label: '1 year', days: 365 },
];

/** How long a token of the account may live. */
export const expiryPresets: readonly ExpiryPreset[] = [
  ...ownExpiryPresets,
  { value: 'never', label: 'Never', days: null },
];

const instantAfter = (days: number, now: number): string => new Date(now + days * day).toISOString();

/** The instant at which a token of a preset expires; null when it never does. */
export function expiresAt(preset: string, now: number): string | null {
  const days = expiryPresets.find(({ value }) => value === preset)?.days;
  return days ? instantAfter(days, now) : null;
}

/** The same of a token of one's own, which always expires; a year is a little less, for clocks differ. */
export function ownExpiresAt(preset: string, now: number): string {
  const { days } = ownExpiryPresets.find(({ value }) => value === preset) ?? { days: 30 };
  return instantAfter(days, now - 5 * 60_000);
}
