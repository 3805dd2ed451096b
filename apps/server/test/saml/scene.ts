import { inflateRawSync } from 'node:zlib';
import { type KeyPair, makeKeyPair } from '@rollcall/testkit/key-pair';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import { openBrowser, refusedAt, type TestBrowser, type Visit } from '../single-sign-on/browser.ts';
import { connect, eventsOf, openSingleSignOnWorld, type TestConnection } from '../single-sign-on/scene.ts';
import type { Company, ServerWorld } from '../world.ts';
import { assertionOf, inSeconds, newMessageId, responseOf, type Said, signed } from './messages.ts';

export const ISSUER = 'https://login.example.com/saml';
export const SUBJECT = 'subject-of-the-provider';

/** A company whose provider speaks SAML, as honestly as a test has it. */
export interface SamlScene {
  readonly server: ServerWorld;
  readonly company: Company;
  /** With what the provider signs, and somebody else. */
  readonly key: KeyPair;
  readonly otherKey: KeyPair;
  connection: TestConnection;
  /** Nobody is signed in with it when a test begins. */
  browser: TestBrowser;
  connect(more?: object, saml?: object, company?: Company): Promise<TestConnection>;
  /** Begins, and answers the id of the request. */
  begin(from?: TestBrowser, at?: TestConnection): Promise<string>;
  /** What an honest provider says, but for what is given. */
  says(more?: Partial<Said>, at?: TestConnection): Said;
  /** A response as most providers send it: with a signed assertion. */
  response(said: Said): string;
  /** The provider has the browser post this, and the browser goes where it is sent. */
  bring(xml: string, from?: TestBrowser, at?: TestConnection): Promise<Visit>;
  signIn(more?: Partial<Said>): Promise<Visit>;
  /** For whom the provider encrypts, as our metadata say. */
  ownCertificate(): Promise<string>;
  /** It is refused with a sentence on the sign-in page, no session and an event, whose detail is answered. */
  expectRefusal(visit: Visit, reason: string, at?: TestConnection): Promise<string>;
}

export const samlPath = (at: TestConnection, end: string): string => at.redirectUri.replace(/acs$/, end);

/** The id of a request to sign in. */
export function requestIn(address: string): { readonly id: string; readonly xml: string } {
  const encoded = new URL(address).searchParams.get('SAMLRequest') ?? '';
  const xml = inflateRawSync(Buffer.from(encoded, 'base64')).toString();
  return { id: / ID="([^"]+)"/.exec(xml)?.[1] ?? '', xml };
}

/** Sets the scene for the tests of the file that calls it. */
export function samlScene(): SamlScene {
  const scene = {
    connect: (more = {}, saml = {}, company = scene.company) =>
      connect(company, {
        protocol: 'SAML',
        clientId: null,
        clientSecret: null,
        issuer: ISSUER,
        ...more,
        saml: {
          ssoUrl: 'https://login.example.com/sso',
          certificates: [scene.key.certificate],
          ...saml,
        },
      }),
    async begin(from = scene.browser, at = scene.connection) {
      return requestIn((await from.open(at.initiateLoginUri)).location).id;
    },
    says: (more = {}, at = scene.connection) => ({
      issuer: ISSUER,
      responseId: newMessageId(),
      assertionId: newMessageId(),
      inResponseTo: newMessageId(),
      destination: at.redirectUri,
      recipient: at.redirectUri,
      audience: samlPath(at, 'metadata'),
      nameId: SUBJECT,
      nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      notBefore: inSeconds(-30),
      notOnOrAfter: inSeconds(300),
      authenticatedAt: inSeconds(-5),
      sessionEndsAt: null,
      status: 'Success',
      attributes: [],
      ...more,
    }),
    response: (said) => responseOf(said, signed(assertionOf(said), 'Assertion', { key: scene.key })),
    async bring(xml, from = scene.browser, at = scene.connection) {
      const SAMLResponse = Buffer.from(xml).toString('base64');
      const posted = await from.post(at.redirectUri, { SAMLResponse });
      return new URL(posted.location).pathname.endsWith('/finish') ? from.open(posted.location) : posted;
    },
    async signIn(more = {}) {
      return scene.bring(scene.response(scene.says({ inResponseTo: await scene.begin(), ...more })));
    },
    async ownCertificate() {
      const { text } = await scene.browser.open(samlPath(scene.connection, 'metadata'));
      const [, base64 = ''] = /use="encryption"[\s\S]*?<ds:X509Certificate>([\s\S]*?)</.exec(text) ?? [];
      return `-----BEGIN CERTIFICATE-----\n${base64.replaceAll(/\s/g, '').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
    },
    async expectRefusal(visit, reason, at = scene.connection) {
      expect(refusedAt(visit)).toBe(reason);
      expect(scene.browser.cookie(SESSION_COOKIE)).toBeUndefined();
      const [event] = await eventsOf(scene.company, 'SIGN_IN_REFUSED');
      expect(event).toMatchObject({
        requestId: visit.requestId,
        subject: { id: at.id },
        told: { reason, address: '127.0.0.1' },
      });
      return String(event?.told.detail);
    },
  } as SamlScene;
  beforeAll(async () => {
    const server = await openSingleSignOnWorld();
    const company = await server.company();
    Object.assign(scene, { server, company, key: await makeKeyPair(), otherKey: await makeKeyPair() });
    scene.connection = await scene.connect();
  });
  beforeEach(() => {
    scene.browser = openBrowser(scene.server.origin);
  });
  afterAll(() => scene.server.close());
  return scene;
}
