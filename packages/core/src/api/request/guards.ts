import { defaultFieldResolver, type GraphQLError, type GraphQLField, type GraphQLResolveInfo } from 'graphql';
import type { Requirement } from '../../authorization/permissions.ts';
import { accountOf, assertMeets } from '../../authorization/viewer.ts';
import { staysWithin } from '../../database/advisory-lock.ts';
import type { Sql } from '../../database/database.ts';
import { afterTheChange } from '../../database/unavailable.ts';
import { committedWork, rehearse, retryConflicts } from '../../database/work.ts';
import { takesMore } from '../../errors/constraint-errors.ts';
import { DomainError } from '../../errors/domain-error.ts';
import { MAX_REHEARSED_EVENTS, rehearsedEvents } from '../../events/rehearsed-events.ts';
import { assertProven } from '../../step-up/step-up-rules.ts';
import { argumentsReader, sealCursor } from './arguments.ts';
import { toGraphQLError } from './graphql-error.ts';
import { MutationContext, type RequestContext } from './request-context.ts';
import { whilePermitted } from './while-permitted.ts';

type Field = GraphQLField<unknown, RequestContext>;

/**
 * Makes a field ask for its permission first, and for those of what its arguments would reveal, and turns what goes wrong
 * into an error of the contract.
 */
export function guardField(field: Field, requirement: Requirement): void {
  const { resolve = defaultFieldResolver } = field;
  const readArguments = argumentsReader(field);
  field.resolve = (root, args, context, info) => {
    try {
      assertMeets(context.viewer, requirement);
      const result = resolve(root, readArguments(args, context), context, info);
      return isPromise(result)
        ? result.catch((error: unknown) => Promise.reject(asSeen(error, context, info)))
        : result;
    } catch (error) {
      throw asSeen(error, context, info);
    }
  };
}

/** The error of a field. Who can't read the answer of a mutation is not told that nothing was changed, unless it was rehearsed. */
function asSeen(error: unknown, context: RequestContext, info: GraphQLResolveInfo): GraphQLError {
  const isPartOfAnswer = info.path.prev !== undefined && info.operation.operation === 'mutation';
  return toGraphQLError(isPartOfAnswer && !context.rehearsal ? afterTheChange(error) : error, context);
}

/** Makes a mutation one transaction, or a rehearsal of it; followers of the log hear of it when it has committed. */
export function guardMutation(field: Field, requirement: Requirement): void {
  const { resolve } = field;
  if (resolve === undefined) return;
  field.resolve = async (root, args, context, info) => {
    const { database, feed } = context.platform;
    // A write is not broken off: who hangs up on it does not want it undone.
    const access = database.writing({
      owner: context.owner,
      // What is made may have ended the access of whoever made it, and they are answered all the same.
      admit: async () => {
        if (!work.isMade) await assertStillMeets(context, requirement);
      },
    });
    const work = committedWork(access);
    if (!context.rehearsal) {
      const { viewer } = context;
      const wanted = { mutation: info.fieldName, sent: args.input ?? {} };
      if (viewer.kind === 'USER') await assertProven(database.sql, viewer, wanted);
      const mutation = new MutationContext(context, work);
      let result: unknown;
      try {
        result = await resolve(root, args, mutation, info);
      } catch (error) {
        throw work.isMade ? afterTheChange(error) : error;
      }
      context.readAs(mutation.answersTo);
      for (const accountId of mutation.accounts ?? [accountOf(context.viewer)]) feed.announce(accountId);
      return result;
    }
    if (context.viewer.kind === 'ANONYMOUS') throw rehearsalIsForKnown();
    await context.rehearsalEnded;
    const attempt = (exclusive: boolean) => {
      context.readAs();
      const { result, ended } = rehearse(
        access,
        async (work, { sql }): Promise<unknown> => {
          const { viewer } = context;
          // Anyone may sign in elsewhere, and an operator write in any account.
          if ((viewer.kind === 'TOKEN' || viewer.kind === 'USER') && requirement !== 'anyone')
            await staysWithin(viewer.accountId).execute(sql);
          const mutation = new MutationContext(context, work);
          const payload: unknown = await resolve(root, args, mutation, info);
          context.readAs(mutation.answersTo);
          await noteRehearsedEvents(context, sql);
          return payload;
        },
        ({ sql }) => context.answerFrom(sql),
        { exclusive },
      );
      context.rehearsalEnded = ended;
      return result;
    };
    return retryConflicts(() => attempt(false)).catch((error: unknown) => {
      if (takesMore(error)) return retryConflicts(() => attempt(true));
      throw error;
    });
  };
  guardField(field, requirement);
  askAsOneself(field);
}

/** Has a mutation asked for by whoever sent the operation, also when somebody else has read the answer of the one before. */
function askAsOneself(field: Field): void {
  const { resolve } = field;
  if (resolve === undefined) return;
  field.resolve = (root, args, context, info) => {
    context.readAs();
    return resolve(root, args, context, info);
  };
}

/** Keeps the first events that a rehearsal would have written for its answer, if whoever reads it may read events. */
async function noteRehearsedEvents(context: RequestContext, db: Sql): Promise<void> {
  const room = MAX_REHEARSED_EVENTS - context.rehearsed.length;
  if (room === 0 || !context.readsEvents) return;
  context.rehearsed.push(...(await rehearsedEvents(db, accountOf(context.viewer), room)));
}

/**
 * Throws when the access of whoever asks, or the permission, was lost while the request waited for its turn. It is known
 * without a statement, as with every request.
 */
async function assertStillMeets(
  { platform, credential, viewer }: RequestContext,
  requirement: Requirement,
): Promise<void> {
  if (viewer.kind === 'TOKEN' || viewer.kind === 'USER')
    assertMeets(await platform.credentials.authenticate(credential), requirement);
}

// It holds a connection until it is undone, and its events may have to be looked for.
const rehearsalIsForKnown = (): DomainError =>
  new DomainError(
    'UNAUTHENTICATED',
    'rollcall-dry-run: a rehearsal needs a credential. Send the header `Authorization: Bearer <token>`, or leave this one out.',
    { field: 'rollcall-dry-run' },
  );

/**
 * Makes a subscription ask for its permission, and for those of its arguments, when it begins; it ends as soon as its
 * permission is gone.
 */
export function guardSubscription(field: Field, requirement: Requirement): void {
  const { subscribe } = field;
  if (subscribe === undefined) return;
  const readArguments = argumentsReader(field);
  field.subscribe = async (root, args, context, info) => {
    try {
      assertMeets(context.viewer, requirement);
      const source: unknown = await subscribe(root, readArguments(args, context), context, info);
      return isAsyncIterable(source)
        ? whilePermitted(inContract(source, context), context, requirement)
        : source;
    } catch (error) {
      throw toGraphQLError(error, context);
    }
  };
}

/** Messages whose end, too, is told as an error of the contract. */
function inContract(
  messages: AsyncIterable<unknown>,
  context: RequestContext,
): AsyncIterableIterator<unknown> {
  const iterator = messages[Symbol.asyncIterator]();
  const told = (error: unknown) => Promise.reject(toGraphQLError(error, context));
  return {
    next: () => iterator.next().catch(told),
    return: async (value) => (await iterator.return?.(value)) ?? { done: true, value },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Lets a rehearsal wait for a field that its answer shows. */
export function noteField(field: Field): void {
  const { resolve } = field;
  if (resolve === undefined) return;
  field.resolve = (root, args, context, info) => {
    const value: unknown = resolve(root, args, context, info);
    if (isPromise(value)) context.awaits(value);
    return value;
  };
}

/** Seals the place that a field of type Cursor gives, for its account alone. */
export function sealField(field: Field): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (root, args, context, info) => {
    const place: unknown = resolve(root, args, context, info);
    const seal = (text: unknown) => (typeof text === 'string' ? sealCursor(text, context) : text);
    return isPromise(place) ? place.then(seal) : seal(place);
  };
}

const isAsyncIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;
