import { type GraphQLArgument, type GraphQLField, getNamedType } from 'graphql';
import { assertMeets, type Viewer } from '../../authorization/viewer.ts';
import { DomainError } from '../../errors/domain-error.ts';
import { assertFewComparisons, canDemand, demandOf } from '../limits/demand.ts';
import { CursorScalar } from '../schema/scalars.ts';
import type { RequestContext } from './request-context.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** What a field does with its arguments before its resolver sees them. */
export type ReadArguments = (args: Arguments, context: RequestContext) => Arguments;

/**
 * Asks for the permissions of what the arguments would make readable, counts what they compare, and opens the cursors among
 * them. Throws FORBIDDEN, LIMIT_EXCEEDED and INVALID_CURSOR.
 */
export function argumentsReader({ args }: GraphQLField<unknown, RequestContext>): ReadArguments {
  const demanding = args.filter(({ type }) => canDemand(type));
  const cursors = args.filter(({ type }) => getNamedType(type) === CursorScalar);
  if (demanding.length === 0 && cursors.length === 0) return (given) => given;
  return (given, context) => {
    for (const argument of demanding) assertMayAsk(context.viewer, argument, given[argument.name]);
    return openCursors(given, cursors, context);
  };
}

function assertMayAsk(viewer: Viewer, { name, type }: GraphQLArgument, value: unknown): void {
  const { requirements, comparisons } = demandOf(type, value);
  assertFewComparisons(name, comparisons);
  for (const requirement of requirements) assertMeets(viewer, requirement);
}

function openCursors(
  given: Arguments,
  cursors: readonly GraphQLArgument[],
  context: RequestContext,
): Arguments {
  const sent = cursors.filter(({ name }) => given[name] != null);
  if (sent.length === 0) return given;
  const opened = sent.map(({ name }) => [name, openCursor(String(given[name]), name, context)]);
  return { ...given, ...Object.fromEntries(opened) };
}

function openCursor(cursor: string, name: string, { platform, viewer }: RequestContext): string {
  const place = platform.cursors.open(cursor, scopeOf(viewer));
  if (place !== undefined) return place;
  throw new DomainError(
    'INVALID_CURSOR',
    `${name}: is not a cursor that this API gave for this list. Start without it.`,
    { field: name },
  );
}

/** A place as the viewer may keep it. */
export const sealCursor = (place: string, { platform, viewer }: RequestContext): string =>
  platform.cursors.seal(place, scopeOf(viewer));

/** Cursors are good within the account that they were given in. */
const scopeOf = (viewer: Viewer): string =>
  (viewer.kind === 'ANONYMOUS' ? null : viewer.accountId) ?? 'every account';
