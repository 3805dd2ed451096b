/** What is wrong with a text that is no dateTime, wherever it comes from, and the way out. */
export const NOT_A_DATE_TIME =
  'needs a date and time whose UTC form is within the years 0001 to 9999, as in "2026-03-01T09:30:00Z".';

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00(?::00(?:\.0+)?)?)(Z|[+-](?:(?:0\d|1[0-3]):?[0-5]\d|14:?00))?$/i;
const MAX_LENGTH = 64;
const TO_THE_MILLISECOND = 'hh:mm:ss.sss'.length;

/**
 * Reads an xsd:dateTime (RFC 7643 §2.3.5); undefined when it is none. Fractions may have any number of digits
 * (.NET clients send seven) and are cut to milliseconds; identity providers also leave out the seconds or the colon of the
 * offset; without an offset it is UTC, and 24:00:00 is the next midnight.
 */
export function parseDateTime(text: string): Date | undefined {
  const [, year, month, day, time, zone = 'Z'] = text.length > MAX_LENGTH ? [] : (DATE_TIME.exec(text) ?? []);
  if (time === undefined || year === '0000' || !isDayOfMonth(Number(year), Number(month), Number(day)))
    return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const date = new Date(`${year}-${month}-${day}T${time.slice(0, TO_THE_MILLISECOND)}${offset}`);
  return isInCalendar(date) ? date : undefined;
}

/** `Date` rolls 31 February over into March; a calendar does not have it. */
function isDayOfMonth(year: number, month: number, day: number): boolean {
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** xsd:dateTime has no year 0, and what comes after the year 9999, or before the year 1, has another form in UTC. */
function isInCalendar(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
