const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?|24:00:00(\.0{1,9})?)(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/i;

/**
 * Reads an xsd:dateTime with an offset (RFC 7643 §2.3.5) to the millisecond; undefined when it is none, or names a day that
 * the calendar or PostgreSQL does not have. 24:00:00 is the midnight at which the day ends.
 */
export function parseInstant(text: string): Date | undefined {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  if (year === undefined || year === '0000') return undefined;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day)) return undefined;
  const instant = new Date(text.toUpperCase().replace(/(\.\d{3})\d*/, '$1'));
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}
