import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { IdentityProvider, SamlLib, ServiceProvider, setSchemaValidator } from 'samlify';
import { makeKeyPair } from './key-pair.ts';

/** Somebody as the provider knows them. */
export interface SamlPerson {
  readonly nameId: string;
  readonly sessionIndex?: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** A provider of SAML 2.0 that signs everybody in who comes, as the person of the moment. */
export interface SamlProvider {
  /** Where its metadata are, which is its entity id as well. */
  readonly metadataUrl: string;
  /** Whom it signs in. */
  person: SamlPerson;
  /** Serves whom these metadata are of from now on. */
  register(metadata: string): void;
  close(): Promise<void>;
}

const MINUTES_5 = 5 * 60 * 1000;
const BINDINGS = 'urn:oasis:names:tc:SAML:2.0:bindings';

// Messages are checked against no schema here; it is the receiving side that is tested.
setSchemaValidator({ validate: async () => 'unchecked' });

export async function startSamlProvider(): Promise<SamlProvider> {
  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((listens) => server.listen(0, 'localhost', listens));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey, certificate } = await makeKeyPair();
  const provider = IdentityProvider({
    entityID: `${origin}/metadata`,
    privateKey,
    signingCert: certificate,
    requestSignatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    singleSignOnService: [{ Binding: `${BINDINGS}:HTTP-Redirect`, Location: `${origin}/sso` }],
    loginResponseTemplate: { context: SamlLib.defaultLoginResponseTemplate.context, attributes: [] },
  });
  let client: ReturnType<typeof ServiceProvider> | undefined;

  async function respond({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(url, origin);
    if (pathname === '/metadata')
      return void response.writeHead(200, { 'content-type': 'application/xml' }).end(provider.getMetadata());
    if (pathname !== '/sso' || client === undefined) return void response.writeHead(404).end();
    const query = Object.fromEntries(searchParams);
    const { extract } = await provider.parseLoginRequest(client, 'redirect', { query });
    const acsUrl = String(client.entityMeta.getAssertionConsumerService('post'));
    const audience = client.entityMeta.getEntityID();
    const answer = await provider.createLoginResponse(client, { extract }, 'post', {}, (template: string) =>
      filledIn(template, {
        ID: `_${randomUUID()}`,
        AssertionID: `_${randomUUID()}`,
        Destination: acsUrl,
        SubjectRecipient: acsUrl,
        Audience: audience,
        InResponseTo: String(extract.request?.id),
        Issuer: provider.entityMeta.getEntityID(),
      }),
    );
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(
        `<form method="post" action="${acsUrl}"><input type="hidden" name="SAMLResponse" value="${answer.context}"></form><script>document.forms[0].submit()</script>`,
      );
  }

  function filledIn(template: string, values: { readonly ID: string; readonly [tag: string]: string }) {
    const { nameId, attributes, sessionIndex = `_${nameId}` } = real.person;
    const [now, then] = [new Date(), new Date(Date.now() + MINUTES_5)].map((at) => at.toISOString());
    const statements = [
      `<saml:AuthnStatement AuthnInstant="${now}" SessionIndex="${sessionIndex}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
      `<saml:AttributeStatement>${Object.entries(attributes).map(attributeOf).join('')}</saml:AttributeStatement>`,
    ].join('');
    const context = SamlLib.replaceTagsByValue(
      template.replace('{AuthnStatement}', statements).replace('{AttributeStatement}', ''),
      {
        ...values,
        IssueInstant: now,
        ConditionsNotBefore: now,
        ConditionsNotOnOrAfter: then,
        SubjectConfirmationDataNotOnOrAfter: then,
        StatusCode: 'urn:oasis:names:tc:SAML:2.0:status:Success',
        NameIDFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
        NameID: nameId,
      },
    );
    return { id: values.ID, context };
  }

  const real: SamlProvider = {
    metadataUrl: `${origin}/metadata`,
    person: { nameId: 'nobody', attributes: {} },
    register: (metadata) => {
      client = ServiceProvider({ metadata });
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return real;
}

const attributeOf = ([name, values]: readonly [string, readonly string[]]): string =>
  `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:basic">${values
    .map((value) => `<saml:AttributeValue>${value}</saml:AttributeValue>`)
    .join('')}</saml:Attribute>`;
