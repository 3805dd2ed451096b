import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';

/** A WebSocket down at its bytes, for what no client of good manners does. */
export interface RawSocket {
  /** Sends a message of graphql-ws. */
  send(message: object): void;
  /** Stops taking bytes from the operating system. */
  stopReading(): void;
  /** Reads to the end, and answers the code in the close frame; undefined when there was none. */
  readClose(): Promise<number | undefined>;
}

const OPENING = [
  'GET /graphql HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  'Sec-WebSocket-Protocol: graphql-transport-ws',
];

/** Opens a socket and has it acknowledged. */
export async function rawSocket(origin: string, token: string): Promise<RawSocket> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  let tail = Buffer.alloc(0);
  const read = (bytes: Buffer) => {
    // The close frame is the last one, and short.
    tail = Buffer.concat([tail, bytes]).subarray(-200);
  };
  const send = (message: object) => socket.write(frameOf(JSON.stringify(message)));
  socket.write(`${OPENING.join('\r\n')}\r\n\r\n`);
  await once(socket, 'data');
  send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  await once(socket, 'data');
  return {
    send,
    stopReading: () => void socket.pause(),
    async readClose() {
      const closed = once(socket, 'close');
      socket.on('data', (bytes: Buffer) => {
        read(bytes);
        if (closeCodeAt(tail) !== undefined) socket.end();
      });
      socket.resume();
      await closed;
      return closeCodeAt(tail);
    },
  };
}

/** A text frame as clients send it: masked, here with zeros. */
function frameOf(text: string): Buffer {
  const payload = Buffer.from(text);
  const length = Buffer.alloc(4);
  length.writeUInt8(0x81, 0);
  length.writeUInt8(0x80 | 126, 1);
  length.writeUInt16BE(payload.length, 2);
  return Buffer.concat([length, Buffer.alloc(4), payload]);
}

/** The code of a close frame at the very end. */
function closeCodeAt(bytes: Buffer): number | undefined {
  for (let at = bytes.length - 4; at >= 0; at -= 1) {
    const length = bytes[at + 1] ?? 0;
    if (bytes[at] === 0x88 && at + 2 + length === bytes.length) return bytes.readUInt16BE(at + 2);
  }
  return undefined;
}
