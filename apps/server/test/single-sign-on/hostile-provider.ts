import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';

/** In what a provider lies; nothing left out is a lie. */
export interface Lies {
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Claims of the ID token; undefined leaves one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** How the ID token is signed. */
  readonly signed?: Signing['signed'];
  /** Parameters of the answer in the browser. */
  readonly answer?: Readonly<Record<string, string>>;
  /** What happens elsewhere while the token is asked for. */
  readonly meanwhile?: () => Promise<unknown>;
  /** Answers for a path in place of the right ones. */
  readonly at?: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;
}

/** How a token is signed, and what its header says besides. */
export interface Signing {
  readonly signed?: 'with another key' | 'not at all' | 'with the public key as a secret';
  readonly header?: Readonly<Record<string, unknown>>;
}

/** A provider that can lie in anything. */
export interface HostileProvider {
  readonly issuer: string;
  lies: Lies;
  /** What the token endpoint was asked. */
  readonly tokenRequests: URLSearchParams[];
  /** Signs the browser in that was sent to this address, and answers where it is sent back to. */
  answer(authorizationUrl: string): string;
  /** Signs claims as the provider does, or not quite; what is undefined is left out. */
  sign(claims: object, signing?: Signing): Promise<string>;
  close(): Promise<void>;
}

export const SUBJECT = 'subject-of-the-provider';

export async function startHostileProvider(): Promise<HostileProvider> {
  const [right, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(right.publicKey)), kid: 'right', alg: 'RS256', use: 'sig' };
  const spki = await exportSPKI(right.publicKey);
  const nonces = new Map<string, string>();
  const tokenRequests: URLSearchParams[] = [];
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((listens) => server.listen(0, 'localhost', listens));
  const { port } = server.address() as AddressInfo;
  const issuer = `http://localhost:${port}`;

  async function idToken(nonce: string | undefined): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: issuer, sub: SUBJECT, aud: 'rollcall', iat: now, exp: now + 300, nonce };
    return sign({ ...claims, ...provider.lies.claims }, provider.lies);
  }

  async function sign(claims: object, { signed, header = {} }: Signing = {}): Promise<string> {
    const said = JSON.parse(JSON.stringify(claims));
    if (signed === 'not at all') return `${part({ alg: 'none', ...header })}.${part(said)}.`;
    if (signed === 'with the public key as a secret') {
      const body = `${part({ alg: 'HS256', kid: 'right', ...header })}.${part(said)}`;
      return `${body}.${createHmac('sha256', spki).update(body).digest('base64url')}`;
    }
    const { privateKey } = signed === 'with another key' ? other : right;
    return new SignJWT(said).setProtectedHeader({ alg: 'RS256', kid: 'right', ...header }).sign(privateKey);
  }

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?')[0] ?? '';
    const lie = provider.lies.at?.[path];
    if (lie !== undefined) return lie(request, response);
    if (path === '/.well-known/openid-configuration')
      return json(response, {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        code_challenge_methods_supported: ['S256'],
        ...provider.lies.metadata,
      });
    if (path === '/keys') return json(response, { keys: [jwk] });
    if (path !== '/token') return void response.writeHead(404).end();
    const asked = new URLSearchParams(await textOf(request));
    tokenRequests.push(asked);
    await provider.lies.meanwhile?.();
    json(response, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 60,
      id_token: await idToken(nonces.get(asked.get('code') ?? '')),
    });
  }

  const provider: HostileProvider = {
    issuer,
    lies: {},
    tokenRequests,
    sign,
    answer(authorizationUrl) {
      const asked = new URL(authorizationUrl).searchParams;
      const code = randomUUID();
      nonces.set(code, asked.get('nonce') ?? '');
      const back = new URL(asked.get('redirect_uri') ?? '');
      const parameters = { code, state: asked.get('state') ?? '', ...provider.lies.answer };
      for (const [name, value] of Object.entries(parameters)) back.searchParams.set(name, value);
      return back.href;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return provider;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const each of request) parts.push(each);
  return Buffer.concat(parts).toString();
}
