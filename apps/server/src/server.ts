import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import websocket from '@fastify/websocket';
import { assertShallow, type Core } from '@rollcall/core';
import { createInProcessClient } from '@rollcall/graphql-client';
import { scimPlugin } from '@rollcall/scim';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { apiCredential, scimCredential } from './credentials.ts';
import { createApollo } from './graphql/apollo.ts';
import { contractAnswers } from './graphql/contract-questions.ts';
import { limitRules } from './graphql/limits.ts';
import { graphqlRoutes } from './graphql/routes.ts';
import { socketOptions } from './graphql/sockets.ts';
import { healthRoutes, metricRoutes } from './health.ts';
import { answerClientError, noteRequestLines } from './http/client-error.ts';
import { noteTls } from './http/cookie-name.ts';
import { answerErrors, answerUnroutable } from './http/error-answer.ts';
import { holdBodies } from './http/held-bodies.ts';
import { refuseUnknownHosts } from './http/known-hosts.ts';
import { originOf } from './http/public-url.ts';
import { secureAnswers } from './http/security-headers.ts';
import { arrivalOptions, defaultTimeOuts, type TimeOuts } from './http/time-outs.ts';
import { believeProxies, type TrustedProxies, trustedHops } from './http/trusted-proxies.ts';
import { readJsonBodies } from './json-bodies.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { limitGuesses, limitRequests, noteWrongCredentials } from './rate-limits/limit-requests.ts';
import { watchedContexts } from './rate-limits/note-right-credentials.ts';
import { openRateLimiter } from './rate-limits/rate-limiter.ts';
import { defaultRateLimits, type RateLimits } from './rate-limits/rate-limits.ts';
import { RequestOwners } from './scheduling/request-owners.ts';
import { scheduleOf, scheduleRequests } from './scheduling/schedule-requests.ts';
import { KnownCallers } from './scim-requests/known-callers.ts';
import { recordRequests } from './scim-requests/record-requests.ts';
import { backchannelLogoutRoute } from './sign-in/backchannel-logout-route.ts';
import { readForms } from './sign-in/form-bodies.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { samlLogoutRoutes, samlRoutes } from './sign-in/saml-routes.ts';
import { secondFactorRoutes } from './sign-in/second-factor-routes.ts';
import { signalsRoute } from './sign-in/signals-route.ts';
import { singleSignOnRoutes, startByFormRoute } from './sign-in/single-sign-on-routes.ts';

export interface ServerOptions {
  readonly core: Core;
  readonly logger: FastifyBaseLogger;
  /** How clients reach the server; what they asked for, when left out. */
  readonly publicUrl?: string | undefined;
  /** Origins whose pages may open a WebSocket with a person's cookie. */
  readonly allowedOrigins?: readonly string[];
  /** Hosts by which clients may reach the server, besides this machine's and those of the origins; of no use with `publicUrl`. */
  readonly allowedHosts?: readonly string[];
  readonly trustedProxies?: TrustedProxies;
  readonly rateLimits?: RateLimits;
  readonly timeOuts?: TimeOuts;
  /** May those without a credential read the contract? */
  readonly publicIntrospection?: boolean;
}

/** The HTTP server with everything mounted; it listens when told to. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { core, logger, publicUrl, allowedOrigins = [], rateLimits = defaultRateLimits } = options;
  const trustedProxies = options.trustedProxies ?? { addresses: [] };
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: trustedHops(trustedProxies),
    ...arrivalOptions(options.timeOuts ?? defaultTimeOuts),
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerClientError,
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => acceptableId(headers['x-request-id']) ?? randomUUID(),
  });
  noteRequestLines(app.server);
  answerErrors(app);
  logRequests(app);
  believeProxies(app, trustedProxies);
  noteTls(app, publicUrl);
  secureAnswers(app);
  if (publicUrl === undefined) refuseUnknownHosts(app, hostsOf(options));
  metricRoutes(app);
  healthRoutes(app, core);
  const limiter = await openRateLimiter(app, rateLimits);
  const owners = new RequestOwners();
  holdBodies(app, owners);
  const schedule = scheduleOf(core, owners);
  const callers = new KnownCallers();
  const createContext = callers.watching(owners.watching(watchedContexts(core, limiter)));
  const client = createInProcessClient({
    schema: core.schema,
    createContext,
    admitVariables: assertShallow,
  });
  await app.register(async (idps) => {
    recordRequests(idps, core, callers);
    limitRequests(idps, limiter, scimCredential);
    limitGuesses(idps, limiter, scimCredential);
    noteWrongCredentials(idps, limiter);
    scheduleRequests(idps, schedule);
    await idps.register(scimPlugin, {
      prefix: '/scim/v2',
      client,
      schedule,
      publicUrl: originOf(publicUrl),
      customAttributesBelievedSeconds: 0,
    });
  });
  await app.register(async (programs) => {
    limitRequests(programs, limiter, scimCredential);
    oauthRoutes(programs, { client, limiter, publicUrl: core.publicUrl });
  });
  const validationRules = limitRules();
  const answers = contractAnswers();
  const apollo = createApollo(app, {
    core,
    limiter,
    validationRules,
    contractAnswers: answers,
    publicIntrospection: options.publicIntrospection ?? false,
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  // In a scope of its own: identity providers have neither cookies nor sockets, and are not to wait for either.
  await app.register(async (people) => {
    readJsonBodies(people, schedule);
    await people.register(cookie);
    await people.register(websocket, socketOptions);
    limitRequests(people, limiter, apiCredential);
    scheduleRequests(people, schedule);
    signInRoutes(people, { client, limiter });
    secondFactorRoutes(people, { client, limiter });
    singleSignOnRoutes(people, { client, limiter, adminUrl: core.adminUrl });
    await people.register(async (providers) => {
      readForms(providers);
      backchannelLogoutRoute(providers, { client, limiter });
      startByFormRoute(providers);
      samlRoutes(providers, { client, limiter, adminUrl: core.adminUrl });
      signalsRoute(providers, { client, limiter });
      samlLogoutRoutes(providers, { client, limiter, adminUrl: core.adminUrl });
    });
    await people.register(async (api) => {
      limitGuesses(api, limiter, apiCredential);
      graphqlRoutes(api, {
        core,
        apollo,
        limiter,
        schedule,
        createContext,
        validationRules,
        contractAnswers: answers,
        allowedOrigins,
      });
    });
  });
  return app;
}

const hostsOf = ({ allowedHosts = [], allowedOrigins = [] }: ServerOptions): string[] => [
  ...allowedHosts,
  ...allowedOrigins.map((origin) => new URL(origin).host),
];

const ACCEPTABLE_ID = /^[\w.-]{1,100}$/;

/** A request id that a proxy in front gave, when it is fit for a log line. */
const acceptableId = (header: string | string[] | undefined): string | undefined =>
  typeof header === 'string' && ACCEPTABLE_ID.test(header) ? header : undefined;

/** One line a request, with the id that every error carries too; what went well is told at level debug. */
function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  const tellsAll = app.log.level === 'debug' || app.log.level === 'trace';
  app.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    if (statusCode >= 400 || tellsAll) {
      const { method, routeOptions } = request;
      const line = { method, route: routeOptions.url, status: statusCode, ms: Math.round(reply.elapsedTime) };
      // 501 is no failure: SCIM answers so where it has nothing to offer.
      if (statusCode >= 500 && statusCode !== 501) request.log.error(line, 'request failed');
      else if (statusCode >= 400) request.log.info(line, 'request refused');
      else request.log.debug(line, 'request answered');
    }
    done();
  });
}
