import { SESSION_COOKIE } from '../../src/credentials.ts';
import { httpGraphQL } from '../clients/graphql-client.ts';
import { exchange } from '../clients/http-exchange.ts';
import type { TestBrowser, Visit } from '../single-sign-on/browser.ts';
import type { RunningServer } from '../world.ts';
import { PASSWORD } from './realm.ts';

/** A form of a page, with what is hidden in it. */
export interface PageForm {
  readonly action: string;
  readonly hidden: Readonly<Record<string, string>>;
}

/** The form of a page of Keycloak. */
export function formIn({ text }: Visit): PageForm {
  const [, action] = /<form[^>]* action="([^"]+)"/i.exec(text) ?? [];
  if (action === undefined) throw new Error(`There is no form in ${text}`);
  const hidden = [...text.matchAll(/<input[^>]*type="hidden"[^>]*>/gi)].map(([input]) => [
    attribute(input, 'name'),
    attribute(input, 'value'),
  ]);
  return { action: unescaped(action), hidden: Object.fromEntries(hidden) };
}

/** Fills in Keycloak's form, with the right password unless told otherwise, and goes on to where that leads. */
export async function fillIn(
  browser: TestBrowser,
  page: Visit,
  username: string,
  password = PASSWORD,
): Promise<Visit> {
  const { action, hidden } = formIn(page);
  const sent = await browser.submit(action, { ...hidden, username, password });
  return sent.location === '' ? sent : browser.follow(sent.location);
}

const attribute = (element: string, name: string): string =>
  unescaped(new RegExp(` ${name}="([^"]*)"`, 'i').exec(element)?.[1] ?? '');

const unescaped = (text: string): string =>
  text
    .replaceAll(/&#x([\da-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** Signs a browser out at the server; gives where it is to go on to. */
export async function signOut({ origin }: RunningServer, browser: TestBrowser): Promise<string> {
  const { text } = await exchange(origin, {
    method: 'POST',
    path: '/auth/sign-out',
    headers: {
      'content-type': 'application/json',
      cookie: `${SESSION_COOKIE}=${browser.cookie(SESSION_COOKIE)}`,
    },
    body: '{}',
  });
  return JSON.parse(text).redirectUrl;
}

/** Whose session a browser has at the server, if anybody's. */
export async function whoIsIn({ origin }: RunningServer, browser: TestBrowser): Promise<string | undefined> {
  const { data } = await httpGraphQL(origin, {
    authorization: `Bearer ${browser.cookie(SESSION_COOKIE)}`,
  }).ask('{ viewer { user { id } } }');
  return (data as { viewer?: { user?: { id: string } } } | null)?.viewer?.user?.id;
}
