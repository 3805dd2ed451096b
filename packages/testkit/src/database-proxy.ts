import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL that can be made as bad as networks are. */
export interface DatabaseProxy {
  /** The database's URL by this way. */
  readonly url: string;
  /** Keeps back what PostgreSQL answers for so many milliseconds, notices excepted. */
  delayAnswers(milliseconds: number): void;
  /** Swallows every packet of the connections that listen for notices, and tells neither end; new connections work. */
  freezeListeners(): void;
  /** Swallows every packet, also of connections that are made later, until `mend`. */
  freeze(): void;
  /** Resets every connection and refuses new ones, until `mend`. */
  cut(): void;
  /** Lets new connections through again. */
  mend(): void;
  /** Waits for the next connection, in whatever state it is made. */
  nextConnection(): Promise<unknown>;
  close(): Promise<void>;
}

interface Way {
  readonly ends: readonly [Socket, Socket];
  isFrozen: boolean;
  listens: boolean;
}

/** Opens a proxy in front of the database with this URL. */
export async function openDatabaseProxy(databaseUrl: string): Promise<DatabaseProxy> {
  const target = new URL(databaseUrl);
  const ways = new Set<Way>();
  let state: 'OPEN' | 'FROZEN' | 'CUT' = 'OPEN';
  let delay = 0;
  const server = createServer((near) => {
    if (state === 'CUT') return near.resetAndDestroy();
    const far = connect(Number(target.port), target.hostname);
    const way: Way = { ends: [near, far], isFrozen: state === 'FROZEN', listens: false };
    ways.add(way);
    near.on('data', (packet) => {
      way.listens ||= packet.includes('LISTEN "');
    });
    near.on('data', (packet) => way.isFrozen || far.write(packet));
    far.on('data', (packet) => {
      const pass = () => way.isFrozen || near.write(packet);
      if (delay === 0 || way.listens) pass();
      else setTimeout(pass, delay);
    });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => from.destroy());
      from.on('close', () => {
        if (!way.isFrozen) to.destroy();
        if (to.destroyed) ways.delete(way);
      });
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const breakAll = () => {
    for (const { ends } of ways) for (const end of ends) end.resetAndDestroy();
  };
  return {
    url: url.href,
    delayAnswers(milliseconds) {
      delay = milliseconds;
    },
    freezeListeners() {
      for (const way of ways) if (way.listens) way.isFrozen = true;
    },
    freeze() {
      state = 'FROZEN';
      for (const way of ways) way.isFrozen = true;
    },
    cut() {
      state = 'CUT';
      breakAll();
    },
    mend() {
      state = 'OPEN';
    },
    nextConnection: () => once(server, 'connection'),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      breakAll();
      await closed;
    },
  };
}
