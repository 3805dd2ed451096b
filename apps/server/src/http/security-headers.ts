import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** A year, after the browser last heard it. */
const TRANSPORT_SECURITY = 'max-age=31536000';

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  referrerPolicy: { policy: 'no-referrer' },
  strictTransportSecurity: false,
  // These concern pages, or browsers of long ago.
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
});

/**
 * What every answer tells browsers: answers of the API are not shown as pages, framed, guessed at or kept. The one page,
 * for exploring GraphQL, says for itself what it needs. Set before Fastify hears of the request, since it refuses some
 * past every hook.
 */
export function secureAnswers(app: FastifyInstance): void {
  app.server.prependListener('request', (request, response) => {
    protect(request, response, () => response.setHeader('cache-control', 'no-store'));
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (request.isOverTls) reply.header('strict-transport-security', TRANSPORT_SECURITY);
    done();
  });
}
