import type { WebSocket } from '@fastify/websocket';

/** How many operations of a socket wait. */
const waiting = new WeakMap<WebSocket, number>();

/**
 * Reads nothing more of a client while an operation of its waits: what comes over a WebSocket is parsed when it is read,
 * whosever turn it is.
 */
export async function pauseWhile<Result>(socket: WebSocket, wait: () => Promise<Result>): Promise<Result> {
  waiting.set(socket, (waiting.get(socket) ?? 0) + 1);
  socket.pause();
  try {
    return await wait();
  } finally {
    const left = (waiting.get(socket) ?? 0) - 1;
    waiting.set(socket, left);
    if (left === 0) socket.resume();
  }
}
