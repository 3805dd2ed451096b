import rateLimit, { normalizeIP } from '@fastify/rate-limit';
import { digestOf } from '@rollcall/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { credentialId } from './credential.ts';
import { RateLimited } from './rate-limited.ts';
import { RATE_WINDOW_MS, type RateLimits } from './rate-limits.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request is counted by: the digest of its credential, which nobody can use, or its address. */
    rateKey: string;
  }
}

type Counter = ReturnType<FastifyInstance['createRateLimit']>;

/** Where a counter stands. */
interface Standing {
  readonly max: number;
  readonly remaining: number;
  readonly ttlInSeconds: number;
  readonly isExceeded: boolean;
}

const MAX_KNOWN = 10_000;
/** Asking where to sign in, going there, and coming back. */
const SINGLE_SIGN_ON_STEPS = 3;

/** Counts what each client does in a minute, and refuses what is too much. */
export class RateLimiter {
  readonly #limits: RateLimits;
  readonly #requests: Counter;
  readonly #wrongCredentials: Counter;
  readonly #signIns: Counter;
  readonly #failedSignIns: Counter;
  readonly #singleSignOns: Counter;
  readonly #refusedMessages: Counter;
  /** Ids of the credentials that were right before. */
  readonly #right = new LRUCache<string, true>({ max: MAX_KNOWN });
  #lastWrongAt = Number.NEGATIVE_INFINITY;

  constructor(app: FastifyInstance, limits: RateLimits) {
    const counter = (max: number, key?: (request: FastifyRequest) => string): Counter =>
      app.createRateLimit({
        max,
        timeWindow: RATE_WINDOW_MS,
        ...(key === undefined ? {} : { keyGenerator: key }),
      });
    this.#limits = limits;
    this.#requests = counter(limits.requests, ({ rateKey }) => rateKey);
    // By address, of IPv6 by the network of 64 bits.
    this.#wrongCredentials = counter(limits.wrongCredentials);
    this.#signIns = counter(limits.signIns);
    this.#failedSignIns = counter(limits.failedSignIns);
    this.#singleSignOns = counter(limits.signIns * SINGLE_SIGN_ON_STEPS);
    // By address and by whom it is for, however that is written: a provider serves many companies from few addresses.
    this.#refusedMessages = counter(
      limits.wrongCredentials,
      ({ ip, routeOptions, params }) =>
        `${normalizeIP(ip)} ${routeOptions.url} ${JSON.stringify(params).toLowerCase()}`,
    );
  }

  /** Names the client that is counted: who has the credential, or whoever is at the address. */
  identify(request: FastifyRequest, credential: string | undefined): void {
    request.rateKey = credential === undefined ? normalizeIP(request.ip) : digestOf(credential);
  }

  /** Counts a request of the client that it was identified with, and tells where it stands. @throws RateLimited */
  async admit(request: FastifyRequest, reply?: FastifyReply): Promise<void> {
    if (this.#limits.requests === 0) return;
    const standing = await standingOf(this.#requests, request);
    reply?.headers({
      'x-ratelimit-limit': standing.max,
      'x-ratelimit-remaining': standing.remaining,
      'x-ratelimit-reset': standing.ttlInSeconds,
    });
    if (!standing.isExceeded) return;
    throw limited('This client has sent too many requests.', standing, reply);
  }

  /** Whether a credential may be a guess: wrong ones came of late, and this one was not seen to be right. */
  isInDoubt(credential: string): boolean {
    if (Date.now() - this.#lastWrongAt > RATE_WINDOW_MS) return false;
    const id = credentialId(credential);
    return id === undefined || !this.#right.has(id);
  }

  /**
   * Refuses a credential in doubt from an address that has sent many wrong ones. The others are heard: identity providers
   * serve many companies from few addresses, and one company's revoked token must not stop the rest.
   *
   * @throws RateLimited
   */
  async admitInDoubt(request: FastifyRequest, reply?: FastifyReply): Promise<void> {
    const standing = await standingOf(this.#wrongCredentials, request, { increment: false });
    if (standing.remaining > 0) return;
    throw limited('This address has sent too many credentials that are not valid.', standing, reply);
  }

  /** The platform knew the credential in the Authorization header. */
  noteRight(authorization: string): void {
    const id = credentialId(authorization);
    if (id !== undefined) this.#right.set(id, true);
  }

  /** The platform did not know the credential of the request. */
  noteWrong(request: FastifyRequest): void {
    if (this.#limits.wrongCredentials === 0) return;
    this.#lastWrongAt = Date.now();
    count(this.#wrongCredentials, request);
  }

  /** Counts attempts to sign in from the request's address. @throws RateLimited */
  async admitSignIns(request: FastifyRequest, attempts: number, reply?: FastifyReply): Promise<void> {
    const { signIns, failedSignIns } = this.#limits;
    if (attempts > 0 && failedSignIns > 0) {
      const standing = await standingOf(this.#failedSignIns, request, { increment: false });
      if (standing.remaining < attempts) throw limited(TOO_MANY_FAILED, standing, reply);
    }
    for (let attempt = 0; signIns > 0 && attempt < attempts; attempt += 1) {
      const standing = await standingOf(this.#signIns, request);
      if (standing.isExceeded) throw limited(TOO_MANY_SIGN_INS, standing, reply);
    }
  }

  /**
   * Counts steps of signing in at an identity provider, apart from passwords: where many share an address, one who mistypes
   * theirs keeps nobody from the provider.
   *
   * @throws RateLimited
   */
  async admitSingleSignOn(request: FastifyRequest, steps: number, reply?: FastifyReply): Promise<void> {
    for (let step = 0; this.#limits.signIns > 0 && step < steps; step += 1) {
      const standing = await standingOf(this.#singleSignOns, request);
      if (standing.isExceeded) throw limited(TOO_MANY_SIGN_INS, standing, reply);
    }
  }

  /**
   * Refuses signed messages for one recipient from an address that has sent many that were not taken. Those that are taken
   * count for nothing: a provider may have many to send at once.
   *
   * @throws RateLimited
   */
  async admitSignedMessage(request: FastifyRequest, reply?: FastifyReply): Promise<void> {
    if (this.#limits.wrongCredentials === 0) return;
    const standing = await standingOf(this.#refusedMessages, request, { increment: false });
    if (standing.remaining > 0) return;
    throw limited('This address has sent too many tokens that are not valid.', standing, reply);
  }

  /** A signed message was not taken. */
  noteRefusedMessage(request: FastifyRequest): void {
    if (this.#limits.wrongCredentials > 0) count(this.#refusedMessages, request);
  }

  /** A password was tried in vain. */
  noteFailedSignIn(request: FastifyRequest): void {
    if (this.#limits.failedSignIns > 0) count(this.#failedSignIns, request);
  }
}

/** Makes the limiter of a server. */
export async function openRateLimiter(app: FastifyInstance, limits: RateLimits): Promise<RateLimiter> {
  await app.register(rateLimit, { global: false });
  app.decorateRequest('rateKey', '');
  return new RateLimiter(app, limits);
}

const TOO_MANY_FAILED = 'This address has failed to sign in too often.';
const TOO_MANY_SIGN_INS = 'This address has tried to sign in too often.';

async function standingOf(
  counter: Counter,
  request: FastifyRequest,
  options?: { increment: boolean },
): Promise<Standing> {
  const standing = await counter(request, options);
  if (standing.isAllowed) throw new Error('No client is exempt from counting');
  return standing;
}

/** Counts without waiting; the store is in memory and does not fail. */
function count(counter: Counter, request: FastifyRequest): void {
  void counter(request);
}

function limited(
  what: string,
  { max, ttlInSeconds }: Standing,
  reply: FastifyReply | undefined,
): RateLimited {
  const retryAfter = Math.max(1, ttlInSeconds);
  reply?.header('retry-after', retryAfter);
  return new RateLimited(what, { limit: max, retryAfter });
}
