const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:?\d\d)?$/i;

/**
 * Reads an xsd:dateTime (RFC 7643 §2.3.5); undefined when it is none. Fractions may have any number of digits
 * (.NET clients send seven) and are cut to milliseconds; a time without zone is read as UTC, and 24:00:00 is the next
 * midnight.
 */
export function parseDateTime(text: string): Date | undefined {
  const match = text.length > 64 ? null : dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone = 'Z'] = match;
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}${offset}`);
  return isInCalendar(date) && isDayOfMonth(Number(year), Number(month), Number(day)) ? date : undefined;
}

/** xsd:dateTime has no year 0; what comes after the year 9999, or before the year 1, has another form in UTC. */
function isInCalendar(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

/** `Date` rolls 31 February over into March; a calendar does not have it. */
function isDayOfMonth(year: number, month: number, day: number): boolean {
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
