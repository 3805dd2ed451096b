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
