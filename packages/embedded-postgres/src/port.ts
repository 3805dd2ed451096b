import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';

/** Chooses the port of a cluster: the one it had before when that is free, so that its URL stays, or any free one. */
export async function choosePort(portFile: string): Promise<number> {
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => 0));
  const port = remembered && (await isFree(remembered)) ? remembered : await listenOnce(0);
  if (port !== remembered) await writeFile(portFile, `${port}\n`);
  return port;
}

/** Answers whether a server could listen on the port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

/** Listens on the port, or for 0 on one that the system chooses, and answers which that was. */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
