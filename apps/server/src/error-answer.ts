import type { FastifyError, FastifyInstance } from 'fastify';

/** Outside SCIM and GraphQL, which have bodies of their own: a JSON error with a code, a way out and the request id. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error, requestId: request.id }, 'a request failed');
    const code = status >= 500 ? 'INTERNAL' : 'INVALID_INPUT';
    const message =
      status >= 500
        ? 'Something went wrong on our side. Try again; if it stays, tell us the request id.'
        : error.message;
    return reply.code(status).send({ error: { code, message, requestId: request.id } });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      error: {
        code: 'NOT_FOUND',
        message: `There is nothing at ${request.method} ${request.url.split('?')[0]}. Known are /graphql, /scim/v2, /auth, /healthz, /readyz and /metrics.`,
        requestId: request.id,
      },
    }),
  );
}
