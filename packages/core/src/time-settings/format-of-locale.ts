import type { TimeFormatName } from '../model/time-settings.entity.ts';

/** How times are written where a locale is spoken, such as "en-US"; undefined where it is none. */
export function formatOfLocale(locale: string): TimeFormatName | undefined {
  try {
    const format = new Intl.DateTimeFormat(locale.trim().replaceAll('_', '-'), {
      dateStyle: 'short',
      timeStyle: 'short',
    });
    const first = format.formatToParts(0).find(({ type }) => isPartOfDate(type))?.type;
    if (first === 'year') return 'ISO';
    if (first === 'month') return 'MONTH_DAY_12H';
    return format.resolvedOptions().hour12 === true ? 'DAY_MONTH_12H' : 'DAY_MONTH_24H';
  } catch {
    return undefined;
  }
}

const isPartOfDate = (type: string): boolean => type === 'year' || type === 'month' || type === 'day';
