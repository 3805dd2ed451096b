const day = 86_400_000;

export interface ExpiryPreset {
  value: string;
  label: string;
  days: number | null;
}

/** How long a new token may live. */
export const expiryPresets: readonly ExpiryPreset[] = [
  { value: '30', label: '30 days', days: 30 },
  { value: '90', label: '90 days', days: 90 },
  { value: '365', label: '1 year', days: 365 },
  { value: 'never', label: 'Never', days: null },
];

/** The instant at which a token of a preset expires; null when it never does. */
export function expiresAt(preset: string, now: number): string | null {
  const days = expiryPresets.find(({ value }) => value === preset)?.days;
  return days ? new Date(now + days * day).toISOString() : null;
}
