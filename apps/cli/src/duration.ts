const SECONDS = { s: 1, m: 60, h: 3_600, d: 86_400 };
const LONGEST = 36_500 * SECONDS.d;

/** The rule, as told to someone who broke it. */
export const DURATION_RULE =
  'A duration is a whole number and a unit, s, m, h or d, such as 90d, 12h or 30m, up to 36500d.';

/** Reads a duration such as `90d`; answers seconds, or undefined where the text breaks the rule. */
export function parseDuration(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,10})([smhd])$/.exec(text) ?? [];
  if (digits === undefined || !isUnit(unit)) return undefined;
  const seconds = Number(digits) * SECONDS[unit];
  return seconds <= LONGEST ? seconds : undefined;
}

function isUnit(text: string | undefined): text is keyof typeof SECONDS {
  return text !== undefined && text in SECONDS;
}
