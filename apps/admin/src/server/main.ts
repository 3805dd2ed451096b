import { once } from 'node:events';
import next from 'next';
import { type Environment, EnvironmentError, isDevelopment, readEnvironment } from '../lib/environment.ts';
import { clientReader } from './client-of.ts';
import { createAdminServer } from './http-server.ts';
import { forwardingTo } from './pass-on.ts';

/** How long a stop waits for answers that are under way. */
const STOP_WITHIN_MS = 5_000;

const environment = environmentOrEnd();
const { ADMIN_HOST: hostname, PORT: port, ADMIN_URL, TRUSTED_PROXIES } = environment;
const app = next({ dev: isDevelopment(), dir: new URL('../..', import.meta.url).pathname, hostname, port });
await app.prepare();
const server = createAdminServer({
  clientOf: clientReader({
    trustedProxies: TRUSTED_PROXIES,
    scheme: ADMIN_URL?.startsWith('https:') ? 'https' : 'http',
  }),
  forwarding: forwardingTo(environment.ROLLCALL_SERVER_URL, environment.ROLLCALL_PROXY_SECRET),
  showPage: app.getRequestHandler(),
  pagesHaveWebSockets: isDevelopment(),
});
server.listen(port, hostname);
await once(server, 'listening');
process.stdout.write(`The admin listens at http://${hostname}:${port}\n`);

function environmentOrEnd(): Environment {
  try {
    return readEnvironment();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
  });
}
