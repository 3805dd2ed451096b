import type { Core } from '@rollcall/core';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

const reasons = {
  UPGRADED: 'the database was upgraded by a newer Rollcall; restart this process with the same version',
  READ_ONLY: 'the database takes no writes',
  SILENT: 'the database does not answer',
};

/** How long the database may take to answer a server that can serve. */
const READY_WITHIN_MS = 1500;

/** `/healthz`: the process is alive. `/readyz`: it can serve. */
export function healthRoutes(app: FastifyInstance, core: Core): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.get('/healthz', () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    if (closing) return reply.code(503).send({ status: 'stopping' });
    const state = await core.database.readiness.within(READY_WITHIN_MS);
    if (state === 'READY') return { status: 'ready' };
    return reply.code(503).send({ status: reasons[state] });
  });
}

/** `/metrics`: the process and its requests, in the format of Prometheus. */
export function metricRoutes(app: FastifyInstance): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10],
    registers: [registry],
  });
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    duration.observe(
      { method, route: routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    done();
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}
