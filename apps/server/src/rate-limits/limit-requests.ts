import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RateLimiter } from './rate-limiter.ts';

type CredentialOf = (request: FastifyRequest) => string | undefined;

/** Counts each request of the scope by its credential, or by its address when it has none. */
export function limitRequests(
  scope: FastifyInstance,
  limiter: RateLimiter,
  credentialOf: CredentialOf,
): void {
  scope.addHook('onRequest', (request, reply, done) => {
    limiter.identify(request, credentialOf(request));
    limiter.admit(request, reply).then(() => done(), done);
  });
}

/** Refuses credentials that may be guesses, where an address has sent many wrong ones. */
export function limitGuesses(scope: FastifyInstance, limiter: RateLimiter, credentialOf: CredentialOf): void {
  scope.addHook('onRequest', (request, reply, done) => {
    const credential = credentialOf(request);
    if (credential === undefined || !limiter.isInDoubt(credential)) return done();
    limiter.admitInDoubt(request, reply).then(() => done(), done);
  });
}

/** Notes the credentials that the scope answers with 401. */
export function noteWrongCredentials(scope: FastifyInstance, limiter: RateLimiter): void {
  scope.addHook('onResponse', (request, { statusCode }, done) => {
    if (statusCode === 401 && request.headers.authorization !== undefined) limiter.noteWrong(request);
    done();
  });
}
