import type { WebSocket } from '@fastify/websocket';
import type { FastifyRequest } from 'fastify';

/** The client does not read what it asked for; it may come back and go on after its last cursor. */
export const NOT_READING = 4413;

/** Most bytes that wait for a client when another message is to follow. */
export const MAX_UNREAD_BYTES = 8 * 1024 * 1024;

/** How long a client may take nothing of what waits for it. */
export const UNREAD_FOR_MS = 5_000;

const CHECK_EVERY_MS = 1000;
/** A client that is idle is called so often, and has so long to answer; by the protocol it does so by itself. */
const CALL_EVERY_MS = 12_000;
const ANSWER_WITHIN_MS = 12_000;

const REASON = 'What was sent is not read. Connect again and follow after the last cursor.';

/** A socket, and the request that it began with. */
export interface Opened {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
}

/** Drops a client for whom too much waits, to be asked before another message is sent. */
export function dropIfBehind(opened: Opened): void {
  if (opened.socket.bufferedAmount > MAX_UNREAD_BYTES) drop(opened);
}

function drop({ socket, request }: Opened): void {
  if (socket.readyState !== socket.OPEN) return;
  request.log.info({ waiting: socket.bufferedAmount }, 'dropped a client that does not read');
  socket.close(NOT_READING, REASON);
}

/**
 * Drops a client that takes nothing of what waits for it, or that, where nothing waits, is silent when it is called; gives
 * what stops the watch.
 */
export function watchReading(opened: Opened): () => void {
  const { socket, request } = opened;
  let [taken, takenAt] = [0, Date.now()];
  let [calledAt, answeredAt] = [0, Date.now()];
  socket.on('pong', () => {
    answeredAt = Date.now();
  });
  function look(): void {
    const now = Date.now();
    const { bufferedAmount } = socket;
    // What was written includes what waits; the rest has gone to the operating system.
    const takenNow = request.socket.bytesWritten - bufferedAmount;
    if (bufferedAmount === 0 || takenNow !== taken) [taken, takenAt] = [takenNow, now];
    if (now - takenAt >= UNREAD_FOR_MS) drop(opened);
    if (bufferedAmount > 0) return;
    const isCalled = calledAt > answeredAt;
    // Nobody hears an answer while the socket is paused.
    if (socket.isPaused) answeredAt = now;
    else if (isCalled && now - calledAt >= ANSWER_WITHIN_MS) drop(opened);
    if (isCalled || now - answeredAt < CALL_EVERY_MS || socket.readyState !== socket.OPEN) return;
    calledAt = now;
    socket.ping();
  }
  const timer = setInterval(look, CHECK_EVERY_MS).unref();
  return () => clearInterval(timer);
}
