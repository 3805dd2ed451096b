import { type Core, newId } from '@rollcall/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { KnownCallers } from './known-callers.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Under which id it is recorded, with the time in it at which it came. */
    recordedId: string;
    /** The body that it is answered with, as text. */
    answerText: string | undefined;
  }
}

/** Has the requests of the scope recorded, once they are answered, where it is known whose they are. */
export function recordRequests(scope: FastifyInstance, { requests }: Core, callers: KnownCallers): void {
  if (requests === undefined) return;
  scope.decorateRequest('recordedId', '');
  scope.decorateRequest('answerText', undefined);
  scope.addHook('onRequest', (request, _reply, done) => {
    request.recordedId = newId();
    done();
  });
  scope.addHook('onSend', (request, _reply, payload, done) => {
    if (typeof payload === 'string') request.answerText = payload;
    done();
  });
  scope.addHook('onResponse', (request, reply, done) => {
    const caller = callers.callerOf(request);
    if (caller !== undefined)
      requests.record({
        ...caller,
        id: request.recordedId,
        requestId: request.id,
        method: request.method,
        url: request.url,
        status: reply.statusCode,
        durationMs: reply.elapsedTime,
        body: request.body,
        bodySize: sizeOfBody(request),
        answer: request.answerText,
        userAgent: request.headers['user-agent'],
        address: request.ip,
      });
    done();
  });
}

/** What is said of its size counts the bytes as they came; of what was sent in chunks or compressed it says nothing. */
function sizeOfBody({ body, headers }: FastifyRequest): number {
  const said = headers['content-encoding'] === undefined ? headers['content-length'] : undefined;
  if (said !== undefined) return Number(said);
  return body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body));
}
