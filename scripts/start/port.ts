import { createServer } from 'node:net';

/** Somebody else listens on a port that is needed; the message names the variable that chooses another. */
export class PortTaken extends Error {}

/** @throws PortTaken, or Error when the address can't be listened on for another reason. */
export function ensureFree(host: string, port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      const another = `${variable}=${port + 100} npm start`;
      reject(new PortTaken(`Port ${port} is taken. Stop what uses it, or choose another one: ${another}`));
    });
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.once('error', reject);
  server.listen({ host: '127.0.0.1', port: 0 }, () => {
    const address = server.address();
    server.close(() =>
      typeof address === 'object' && address !== null
        ? resolve(address.port)
        : reject(new Error('No port is free.')),
    );
  });
  return promise;
}
