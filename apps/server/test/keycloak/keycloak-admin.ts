import { z } from 'zod';

/** The admin REST API of a running Keycloak. */
export interface KeycloakAdmin {
  /** Such as http://localhost:8080. */
  readonly origin: string;
  get<Data>(path: string, shape: z.ZodType<Data>): Promise<Data>;
  /** Creates something, and gives its id where Keycloak says one. */
  post(path: string, body: object): Promise<string>;
  put(path: string, body: object): Promise<void>;
  /** What Keycloak makes of metadata of SAML, as a client that it could create. */
  describeClient<Data>(realmPath: string, metadata: string, shape: z.ZodType<Data>): Promise<Data>;
  delete(path: string): Promise<void>;
}

const granted = z.object({ access_token: z.string(), expires_in: z.number() });

/** Opens the one that `npm run test:keycloak` has started. */
export function openKeycloakAdmin(): KeycloakAdmin {
  const { KEYCLOAK_URL: origin, KEYCLOAK_CLIENT_ID, KEYCLOAK_CLIENT_SECRET } = process.env;
  if (origin === undefined) throw new Error('There is no Keycloak: `npm run test:keycloak` starts one.');
  let token = { value: '', endsAt: 0 };

  async function authorize(): Promise<string> {
    if (performance.now() < token.endsAt) return token.value;
    const answer = await fetch(`${origin}/realms/master/protocol/openid-connect/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: KEYCLOAK_CLIENT_ID ?? '',
        client_secret: KEYCLOAK_CLIENT_SECRET ?? '',
      }),
    });
    const { access_token, expires_in } = granted.parse(await answer.json());
    token = { value: access_token, endsAt: performance.now() + expires_in * 500 };
    return access_token;
  }

  async function send(method: string, path: string, body?: object | string): Promise<Response> {
    const type = typeof body === 'string' ? 'application/xml' : 'application/json';
    const answer = await fetch(`${origin}/admin/realms${path}`, {
      method,
      headers: { authorization: `Bearer ${await authorize()}`, 'content-type': type },
      body: typeof body === 'object' ? JSON.stringify(body) : (body ?? null),
    });
    if (!answer.ok) throw new Error(`${method} ${path} → ${answer.status} ${await answer.text()}`);
    return answer;
  }

  return {
    origin,
    get: async (path, shape) => shape.parse(await (await send('GET', path)).json()),
    post: async (path, body) =>
      (await send('POST', path, body)).headers.get('location')?.split('/').at(-1) ?? '',
    put: async (path, body) => void (await send('PUT', path, body)),
    describeClient: async (realmPath, metadata, shape) =>
      shape.parse(await (await send('POST', `${realmPath}/client-description-converter`, metadata)).json()),
    delete: async (path) => void (await send('DELETE', path)),
  };
}
