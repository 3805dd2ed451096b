import type { Socket } from 'node:net';

const signals = new WeakMap<Socket, AbortSignal>();

/** Aborts when the client at the other end of a connection hangs up: nobody reads an answer any more. */
export function hangUpOf(socket: Socket): AbortSignal {
  const known = signals.get(socket);
  if (known !== undefined) return known;
  const controller = new AbortController();
  const hangUp = () => controller.abort(new Error('The client hung up.'));
  // A request may have waited for its turn for longer than its client did.
  if (socket.destroyed) hangUp();
  else socket.once('close', hangUp);
  signals.set(socket, controller.signal);
  return controller.signal;
}
