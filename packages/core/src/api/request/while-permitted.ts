import type { Requirement } from '../../authorization/permissions.ts';
import { assertMeets } from '../../authorization/viewer.ts';
import { toGraphQLError } from './graphql-error.ts';
import type { RequestContext } from './request-context.ts';

/**
 * The messages of a subscription for as long as the viewer may have them. As soon as they may not, it ends with the
 * refusal that a new one would get; what the viewer may see within a message is always as of now.
 */
export function whilePermitted<Message>(
  source: AsyncIterator<Message>,
  context: RequestContext,
  requirement: Requirement,
): AsyncIterableIterator<Message> {
  let refusal: Error | undefined;
  const stop = context.followViewer((viewer) => {
    try {
      assertMeets(viewer, requirement);
    } catch (error) {
      refusal = toGraphQLError(error, context);
      stop();
      // Also ends a wait for the next message.
      void source.return?.();
    }
  });
  return {
    async next() {
      const item = await source.next().catch((error: unknown) => {
        stop();
        throw refusal ?? error;
      });
      if (refusal !== undefined) throw refusal;
      if (item.done === true) stop();
      return item;
    },
    async return() {
      stop();
      return (await source.return?.()) ?? { done: true, value: undefined };
    },
    async throw(error) {
      stop();
      if (source.throw === undefined) throw error;
      return source.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
