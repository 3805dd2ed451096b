import type { FastifyInstance } from 'fastify';

/** Asked by those who watch the process, at whatever address it happens to have; none of them tells a URL. */
const ASKED_BY_ADDRESS = new Set(['/healthz', '/readyz', '/metrics']);

/** A request for another server (RFC 9110 §15.5.20). */
class MisdirectedRequest extends Error {
  readonly statusCode = 421;
}

/**
 * Refuses requests for hosts that the server does not know as its own: what it answers has absolute URLs, and whoever
 * chooses the Host header must not choose where they lead.
 */
export function refuseUnknownHosts(app: FastifyInstance, hosts: readonly string[]): void {
  const known = new Set(hosts.map((host) => hostnameOf(host)));
  app.addHook('onRequest', ({ host, routeOptions, socket }, _reply, done) => {
    if (ASKED_BY_ADDRESS.has(routeOptions.url ?? '')) return done();
    const hostname = hostnameOf(host);
    if (hostname !== undefined && (known.has(hostname) || isOwn(hostname, socket.localAddress)))
      return done();
    done(
      new MisdirectedRequest(
        `This server does not know itself as ${JSON.stringify(host)}. Set PUBLIC_URL to the URL that clients use, or add the host to ALLOWED_HOSTS.`,
      ),
    );
  });
}

/** This machine, or the very address at which the request arrived. */
const isOwn = (hostname: string, localAddress = ''): boolean =>
  LOOPBACK.test(hostname) || hostname === hostnameOf(addressHost(localAddress));

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** An address as a URL has it; a socket for both IPs tells those of IPv4 with a prefix. */
function addressHost(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  return plain.includes(':') ? `[${plain}]` : plain;
}

/** The name or address in a Host header, spelt in the one way; undefined when it is no host. */
function hostnameOf(host: string): string | undefined {
  const url = /^[\w.:[\]-]+$/.test(host) ? URL.parse(`http://${host}`) : null;
  return url?.hostname;
}
