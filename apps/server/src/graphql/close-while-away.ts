import { GraphQLError } from 'graphql';
import { TRY_AGAIN_LATER } from './sockets.ts';

/** What it takes of a WebSocket. */
interface Closable {
  close(code: number, reason: string): void;
}

/**
 * Closes a socket when one of the errors says UNAVAILABLE, in a code with which its client comes again and goes on from its
 * cursor; told as an error, a subscription would be over. Answers whether it did.
 */
export function closeWhileAway(socket: Closable, errors: readonly unknown[] = []): boolean {
  const isAway = errors.some(
    (error) => error instanceof GraphQLError && error.extensions.code === 'UNAVAILABLE',
  );
  if (isAway) socket.close(TRY_AGAIN_LATER, 'This is not available just now. Connect again.');
  return isAway;
}
