import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Knows what can be done where, of the addresses that are mounted from now on and have no parameters. */
export function possibleMethods(app: FastifyInstance): (request: FastifyRequest) => string | undefined {
  const byPath = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = byPath.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    byPath.set(url, methods);
  });
  return ({ url }) => {
    const path =
      url
        .split('?', 1)[0]
        ?.replaceAll(/\/+/g, '/')
        .replace(/(.)\/$/, '$1')
        .toLowerCase() ?? '';
    const methods = byPath.get(path);
    return methods && [...methods.add('OPTIONS')].join(', ');
  };
}

/** Answers a request whose method its address does not have (RFC 9110 §15.5.6); OPTIONS asks which there are (§9.3.7). */
export function answerImpossible(
  { method, id }: FastifyRequest,
  reply: FastifyReply,
  allow: string,
): FastifyReply {
  reply.header('allow', allow);
  if (method === 'OPTIONS') return reply.code(204).send();
  const message = `${method} is not possible here. Use ${allow}.`;
  return reply.code(405).send({ error: { code: 'INVALID_INPUT', message, requestId: id } });
}
