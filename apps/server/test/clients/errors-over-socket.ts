import { z } from 'zod';

const messageSchema = z.looseObject({ type: z.string(), payload: z.unknown().optional() });
const errorSchema = z.looseObject({ message: z.string(), extensions: z.looseObject({}).optional() });
const resultSchema = z.looseObject({ errors: z.array(errorSchema).optional() });

export type SocketError = z.infer<typeof errorSchema>;

/** The errors that an operation gets over a WebSocket; its payload goes out as this text, whatever a library could write. */
export async function errorsOverSocket(
  origin: string,
  token: string,
  payload: string,
): Promise<SocketError[]> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const answer = Promise.withResolvers<SocketError[]>();
  socket.onclose = ({ code, reason }) => answer.reject(new Error(`The socket was closed: ${code} ${reason}`));
  socket.onopen = () =>
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
  socket.onmessage = ({ data }) => {
    const message = messageSchema.parse(JSON.parse(String(data)));
    if (message.type === 'connection_ack') socket.send(`{"id":"1","type":"subscribe","payload":${payload}}`);
    else if (message.type === 'error') answer.resolve(z.array(errorSchema).parse(message.payload));
    else if (message.type === 'next') answer.resolve(resultSchema.parse(message.payload).errors ?? []);
  };
  try {
    return await answer.promise;
  } finally {
    socket.close();
  }
}
