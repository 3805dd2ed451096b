import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Note, Running } from './running.ts';

/** Requests whose bytes come one by one, and never to an end. */
export interface Drips {
  readonly kind: 'drips';
  readonly origin: string;
  /** What is sent at once; each socket takes the next. */
  readonly starts: readonly string[];
  /** What drips then. */
  readonly drops: readonly string[];
  readonly sockets: number;
}

const DROP_EVERY_MS = 100;

/** A socket that was ended is not opened again: each is to be ended by itself. */
export function drip({ origin, starts, drops, sockets }: Drips, note: Note): Running {
  const { hostname, port } = new URL(origin);
  const opened: Promise<unknown>[] = [];
  const ended = Array.from({ length: sockets }, async (_, n) => {
    const socket = connect(Number(port), hostname);
    // What is still written when the server has closed is of no interest.
    socket.on('error', () => undefined);
    const connected = once(socket, 'connect');
    opened.push(connected);
    await connected;
    socket.write(starts[n % starts.length] ?? '');
    const dripping = setInterval(() => socket.write(drops[n % drops.length] ?? ''), DROP_EVERY_MS);
    const [status = 'ended without an answer'] = /(?<=^HTTP\/1\.1 )\d+/.exec(await text(socket)) ?? [];
    clearInterval(dripping);
    note(status);
  });
  return { on: Promise.all(opened), stop: () => Promise.all(ended) };
}
