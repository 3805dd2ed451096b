/** What is wrong with a text that is no instant, wherever it comes from, and the way out. */
export const NOT_AN_INSTANT =
  'needs a date and time whose UTC form is within the years 0001 to 9999, as in "2026-03-01T09:30:00Z".';

const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?|24:00(?::00(?:\.0+)?)?)(Z|[+-](?:(?:0\d|1[0-3]):?[0-5]\d|14:?00))?$/i;
const MAX_LENGTH = 64;
const TO_THE_MILLISECOND = 'hh:mm:ss.sss'.length;

/**
 * Reads an xsd:dateTime (RFC 7643 §2.3.5) to the millisecond; undefined when it is none. Identity providers also leave out
 * the seconds or the colon of the offset; without an offset it is UTC. 24:00:00 is the midnight at which the day ends. SCIM
 * reads alike (`parseDateTime` of scim-protocol), and a test holds the two to each other.
 */
export function parseInstant(text: string): Date | undefined {
  const [, year, month, day, time, zone = 'Z'] = text.length > MAX_LENGTH ? [] : (DATE_TIME.exec(text) ?? []);
  if (time === undefined || year === '0000' || !isDayOfMonth(Number(year), Number(month), Number(day)))
    return undefined;
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const instant = new Date(`${year}-${month}-${day}T${time.slice(0, TO_THE_MILLISECOND)}${offset}`);
  return isInCalendar(instant) ? instant : undefined;
}

/** `Date` rolls 31 February over into March; a calendar does not have it. */
function isDayOfMonth(year: number, month: number, day: number): boolean {
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** xsd:dateTime has no year 0, and what comes after the year 9999, or before the year 1, has another form in UTC. */
function isInCalendar(instant: Date): boolean {
  const year = instant.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** As xsd:dateTime has it, with its offset: what PostgreSQL reads alike, whatever the time zone of its session. */
const COMPLETE = /T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/i;
/** PostgreSQL has microseconds and rounds to them: these it would round to the next millisecond. */
const ROUNDED_UP = /\.\d{3}999[5-9]/;

/** The text in which an instant is kept: as it came where PostgreSQL reads it alike, or else in UTC. */
export const keptInstant = (text: string, instant: Date): string =>
  COMPLETE.test(text) && !ROUNDED_UP.test(text) ? text : instant.toISOString();

/** As PostgreSQL writes it in JSON, in a session whose time zone is UTC. */
const WRITTEN = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00:00$/;

/** An instant that PostgreSQL wrote, in UTC and to the millisecond; for the usual form `Date`, which is slow, is not needed. */
export function showInstant(text: string): string {
  const [, seconds, fraction = ''] = WRITTEN.exec(text) ?? [];
  return seconds === undefined
    ? new Date(text).toISOString()
    : `${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
