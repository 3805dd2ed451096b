import { GraphQLError, GraphQLScalarType, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { NOT_AN_INSTANT, parseInstant, showInstant } from '../../text/instant.ts';

/** An instant, shown as text of ISO 8601 in UTC; any xsd:dateTime is read. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'An instant of the years 0001 to 9999 in ISO 8601, for example `2026-03-01T09:30:00.000Z`. Written without an offset it is UTC.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString();
    if (typeof value === 'string') return showInstant(value);
    throw new GraphQLError('DateTime: can only show an instant.');
  },
  parseValue: readInstant,
  parseLiteral: (node) => readInstant(node.kind === Kind.STRING ? node.value : undefined),
});

function readInstant(value: unknown): Date {
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  if (instant === undefined) throw new GraphQLError(`DateTime: ${NOT_AN_INSTANT}`);
  return instant;
}

/** An opaque place in a list. */
export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'An opaque place in a list or feed. Use it as it came; its text means nothing.',
  serialize: String,
  parseValue: parseCursor,
  parseLiteral: (node) => parseCursor(node.kind === Kind.STRING ? node.value : undefined),
});

/** Holds the longest text that a list is ordered by. */
const MAX_CURSOR_LENGTH = 8192;

function parseCursor(value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_CURSOR_LENGTH) return value;
  throw new GraphQLError('Cursor: needs the text of a cursor that this API gave.');
}

/** Any JSON value. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'Any JSON value.',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node: ValueNode, variables) => valueFromASTUntyped(node, variables),
});
