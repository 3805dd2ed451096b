import type { CoreOptions } from '@rollcall/core';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { SESSION_COOKIE } from '../../src/credentials.ts';
import type { Company, ServerWorld } from '../world.ts';
import { openBrowser, refusedAt, type TestBrowser, type Visit } from './browser.ts';
import { type HostileProvider, type Lies, SUBJECT, startHostileProvider } from './hostile-provider.ts';
import { connect, eventsOf, openSingleSignOnWorld, provision, type TestConnection } from './scene.ts';

/** A company with SUBJECT in its directory, whose provider can lie. */
export interface HostileScene {
  readonly server: ServerWorld;
  readonly company: Company;
  /** Lies in nothing when a test begins. */
  readonly provider: HostileProvider;
  /** One of its own for each test, for what a provider says of itself is believed for a while. */
  connection: TestConnection;
  /** Nobody is signed in with it when a test begins. */
  browser: TestBrowser;
  start(at?: TestConnection, from?: TestBrowser): Promise<Visit>;
  /** Begins, is signed in by the provider, and comes back. */
  signIn(at?: TestConnection, from?: TestBrowser): Promise<Visit>;
  /** It is refused with a sentence on the sign-in page, no session and an event, whose detail is answered. */
  expectRefusal(visit: Visit, reason: string, at?: TestConnection): Promise<string>;
}

/** Sets the scene for the tests of the file that calls it. */
export function hostileScene(more: Partial<CoreOptions> = {}): HostileScene {
  const scene = {
    start: (at = scene.connection, from = scene.browser) => from.open(at.initiateLoginUri),
    async signIn(at = scene.connection, from = scene.browser) {
      const { location } = await scene.start(at, from);
      return from.open(scene.provider.answer(location));
    },
    async expectRefusal(visit, reason, at = scene.connection) {
      expect(refusedAt(visit)).toBe(reason);
      expect(new URL(visit.location).searchParams.get('request')).toBe(visit.requestId);
      expect(scene.browser.cookie(SESSION_COOKIE)).toBeUndefined();
      const [event] = await eventsOf(scene.company, 'SIGN_IN_REFUSED');
      expect(event).toMatchObject({
        requestId: visit.requestId,
        subject: { id: at.id },
        told: { reason, address: '127.0.0.1' },
      });
      return String(event?.told.detail);
    },
  } as HostileScene;
  beforeAll(async () => {
    const server = await openSingleSignOnWorld(more);
    const company = await server.company();
    Object.assign(scene, { server, company, provider: await startHostileProvider() });
    await provision(company, SUBJECT);
  });
  beforeEach(async () => {
    scene.provider.lies = {};
    scene.connection = await connect(scene.company, { issuer: scene.provider.issuer });
    scene.browser = openBrowser(scene.server.origin);
  });
  afterAll(async () => {
    await scene.provider.close();
    await scene.server.close();
  });
  return scene;
}

/** A moment in the claims of a token. */
export const later = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

export const redirectTo =
  (location: string): NonNullable<Lies['at']>[string] =>
  (_request, response) =>
    response.writeHead(302, { location }).end();
