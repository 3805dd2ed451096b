import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpRequest } from '../../clients/http-exchange.ts';
import type { Note, Running } from './running.ts';

/** Requests over many connections, each in turn as fast as it is answered. */
export interface Requests {
  readonly kind: 'requests';
  readonly origin: string;
  readonly requests: readonly HttpRequest[];
  readonly connections: number;
  /** How long each connection waits before it asks again; not at all, unless told. */
  readonly pauseMs?: number;
  /** When each connection is torn down, whether or not it was answered. */
  readonly hangUpAfterMs?: number;
  /** The attacker comes from so many addresses. */
  readonly addresses?: number;
  /** How many answers, or hang-ups, there are when the attack is on. */
  readonly onAfter: number;
}

/** Stands in a body for a number that is another one each time. */
export const NUMBER = '«number»';

/** How long a connection that is not answered waits until it tries again. */
const RETRY_MS = 20;

export function ask(order: Requests, note: Note): Running {
  const { requests, connections, onAfter } = order;
  const on = Promise.withResolvers<void>();
  const stopped = new AbortController();
  let sent = 0;
  let ended = 0;
  const loop = async (connection: number) => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (!stopped.signal.aborted) {
      const next = numbered(requests[sent % requests.length], sent++);
      const outcome = await outcomeOf(next, agent, order, { connection, signal: stopped.signal });
      if (!stopped.signal.aborted) note(outcome);
      if (++ended === onAfter) on.resolve();
      const pauseMs = outcome.startsWith('E') ? RETRY_MS : order.pauseMs;
      if (pauseMs !== undefined) await sleep(pauseMs);
    }
    agent.destroy();
  };
  const loops = Array.from({ length: connections }, (_, connection) => loop(connection));
  return {
    on: on.promise,
    async stop() {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}

function numbered(request: HttpRequest | undefined, number: number): HttpRequest {
  if (request === undefined) throw new Error('There is nothing to ask.');
  const { body } = request;
  return { ...request, body: typeof body === 'string' ? body.replaceAll(NUMBER, String(number)) : body };
}

interface Attempt {
  readonly connection: number;
  readonly signal: AbortSignal;
}

/** The status of an answer, once it was read; that the attacker hung up; or the code of an error. */
function outcomeOf(
  { method, path, headers, body }: HttpRequest,
  agent: Agent,
  { origin, hangUpAfterMs, addresses = 1 }: Requests,
  { connection, signal }: Attempt,
): Promise<string> {
  const { hostname, port } = new URL(origin);
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const localAddress = `127.0.0.${1 + (connection % addresses)}`;
  return new Promise((resolve) => {
    const sent = request(
      { agent, host: hostname, port, localAddress, method, path, headers: { ...length, ...headers } },
      (response) => {
        response.on('end', () => settle(String(response.statusCode)));
        response.on('error', fail);
        response.resume();
      },
    );
    const hangUp = () => {
      settle('hung up');
      sent.destroy();
    };
    const timer = hangUpAfterMs === undefined ? undefined : setTimeout(hangUp, hangUpAfterMs);
    signal.addEventListener('abort', hangUp, { once: true });
    function settle(outcome: string): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', hangUp);
      resolve(outcome);
    }
    function fail(error: Error): void {
      settle('code' in error ? String(error.code) : error.message);
    }
    sent.on('error', fail);
    sent.end(body);
  });
}
