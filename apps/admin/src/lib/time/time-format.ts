/** How dates and times are written. */
export type TimeFormat = 'ISO' | 'DAY_MONTH_24H' | 'DAY_MONTH_12H' | 'MONTH_DAY_12H';

/** In which zone and how times are shown; null is what the browser says. */
export interface TimeSettings {
  readonly timeZone: string | null;
  readonly timeFormat: TimeFormat | null;
}

/** Writes instants, in milliseconds. */
export interface TimeWriter {
  /** To the second and with the zone: `2 Mar 2026, 14:30:05 CET`. */
  exact(instant: number): string;
  /** To the minute: `2 Mar 2026, 14:30`. */
  moment(instant: number): string;
  /** The day as a heading: `Today`, `Yesterday`, `Monday 2 March`. */
  day(instant: number, now: number): string;
}

interface Habit {
  readonly locale: string | undefined;
  readonly month: 'short' | '2-digit';
  readonly hour12?: boolean;
}

const habits: Readonly<Record<TimeFormat | 'BROWSER', Habit>> = {
  // Sweden writes what ISO 8601 does.
  ISO: { locale: 'sv-SE', month: '2-digit' },
  DAY_MONTH_24H: { locale: 'en-GB', month: 'short', hour12: false },
  DAY_MONTH_12H: { locale: 'en-AU', month: 'short', hour12: true },
  MONTH_DAY_12H: { locale: 'en-US', month: 'short', hour12: true },
  BROWSER: { locale: undefined, month: 'short' },
};

/** Writes times as these settings say. */
export function timeWriter({ timeZone, timeFormat }: TimeSettings): TimeWriter {
  const { locale, month, hour12 } = habits[timeFormat ?? 'BROWSER'];
  const zone = timeZone === null ? {} : { timeZone };
  const day = month === 'short' ? 'numeric' : '2-digit';
  const hour = hour12 === true ? 'numeric' : '2-digit';
  const minute = { year: 'numeric', month, day, hour, minute: '2-digit', ...zone } as const;
  const hours = hour12 === undefined ? {} : { hour12 };
  const moment = new Intl.DateTimeFormat(locale, { ...minute, ...hours });
  const exact = new Intl.DateTimeFormat(locale, {
    ...minute,
    ...hours,
    second: '2-digit',
    timeZoneName: 'short',
  });
  const heading = new Intl.DateTimeFormat(locale === 'en-US' ? 'en-US' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...zone,
  });
  const calendarDay = new Intl.DateTimeFormat('en-CA', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    ...zone,
  });
  const dayNumber = (instant: number) => Date.parse(calendarDay.format(instant)) / 86_400_000;
  return {
    exact: (instant) => exact.format(instant),
    moment: (instant) => moment.format(instant),
    day(instant, now) {
      const days = dayNumber(now) - dayNumber(instant);
      if (days === 0) return 'Today';
      return days === 1 ? 'Yesterday' : heading.format(instant);
    },
  };
}
