import { type RawSocket, rawSocket } from '../../clients/raw-socket.ts';
import type { Note, Running } from './running.ts';

/** Sockets that send messages of graphql-ws and never read what comes of it. */
export interface Unread {
  readonly kind: 'unread';
  readonly origin: string;
  readonly token: string;
  readonly sockets: number;
  /** What each sends at once, so often. */
  readonly messages: readonly object[];
  readonly times: number;
}

/** Ends when the server has closed all of them; a socket that was closed is not opened again. */
export function leaveUnread({ origin, token, sockets, messages, times }: Unread, note: Note): Running {
  const opened = Promise.all(Array.from({ length: sockets }, () => rawSocket(origin, token)));
  const asked = opened.then((all) => {
    for (const socket of all) ask(socket, messages, times);
    return all;
  });
  return {
    on: asked,
    async stop() {
      const codes = await Promise.all((await asked).map((socket) => socket.readClose()));
      for (const code of codes) note(`closed with ${code}`);
    },
  };
}

function ask(socket: RawSocket, messages: readonly object[], times: number): void {
  socket.stopReading();
  for (let time = 0; time < times; time += 1)
    for (const [at, message] of messages.entries()) socket.send({ ...message, id: `${time}-${at}` });
}
