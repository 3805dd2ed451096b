/** How far the slider's ends and steps lie apart, in milliseconds since 1970. */
export interface TimeScale {
  min: number;
  max: number;
  step: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  second / 10,
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  6 * hour,
  day,
  7 * day,
];

/** About so many steps from end to end: fine enough to find a moment, few enough for the arrow keys. */
const wantedSteps = 300;

/** The scale from the first moment of the history to now, in steps that people think in. */
export function timeScale(began: number, now: number): TimeScale {
  const span = Math.max(second, now - began);
  const step = steps.find((each) => span / each <= wantedSteps) ?? steps.at(-1) ?? day;
  // The end is a whole number of steps away, so that the arrow keys reach it.
  const max = began + Math.ceil(span / step) * step;
  return { min: began, max, step };
}

/** The moment that a place on the scale stands for; undefined for its end, which is now. */
export function momentAt(value: number, { max }: TimeScale): string | undefined {
  return value >= max ? undefined : new Date(value).toISOString();
}
