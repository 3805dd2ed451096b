import { expect } from 'vitest';
import { exchange } from '../clients/http-exchange.ts';
import { ADMIN_ORIGIN } from '../world.ts';

/** A browser as far as signing in needs one: cookies, and the addresses that it is sent to. */
export interface TestBrowser {
  /** Opens an address of ours, given as path or in full, and answers where it leads. */
  open(address: string, headers?: Readonly<Record<string, string>>): Promise<Visit>;
  /** Posts a form there from another site, so that cookies of SameSite=Lax stay behind. */
  post(address: string, fields: Readonly<Record<string, string>>): Promise<Visit>;
  /** Goes on through redirects of whatever host until it is back at a page of ours. */
  follow(address: string): Promise<Visit>;
  /** Loses the cookies of a host, which knows nobody in this browser any more. */
  forget(address: string): void;
  /** Sends a form to whatever host. */
  submit(address: string, form: Readonly<Record<string, string>>): Promise<Visit>;
  cookie(name: string): string | undefined;
}

export interface Visit {
  readonly status: number;
  readonly location: string;
  readonly requestId: string;
  readonly setCookies: readonly string[];
  readonly text: string;
}

/** A browser that nobody has signed in with; the pages at ADMIN_ORIGIN are those of the server. */
export function openBrowser(serverOrigin: string): TestBrowser {
  const jars = new Map<string, Map<string, string>>();
  const jarOf = (host: string) => jars.get(host) ?? jars.set(host, new Map()).get(host) ?? new Map();

  async function visit(
    url: URL,
    headers: Readonly<Record<string, string>> = {},
    form?: Readonly<Record<string, string>>,
  ): Promise<Visit> {
    const isOurs = url.origin === ADMIN_ORIGIN;
    const jar = jarOf(url.host);
    const answer = await exchange(isOurs ? serverOrigin : url.origin, {
      method: form === undefined ? 'GET' : 'POST',
      path: url.pathname + url.search,
      headers: {
        cookie: [...jar].map((pair) => pair.join('=')).join('; '),
        ...headers,
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form && new URLSearchParams(form).toString(),
    });
    const setCookies = answer.headers['set-cookie'] ?? [];
    for (const [pair = ''] of setCookies.map((each) => each.split(';'))) {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      if (value === '') jar.delete(name);
      else jar.set(name, value);
    }
    const location = answer.headers.location;
    return {
      status: answer.status,
      location: location === undefined ? '' : new URL(location, url).href,
      requestId: String(answer.headers['x-request-id']),
      setCookies,
      text: answer.text,
    };
  }

  return {
    open: (address, headers) => visit(new URL(address, ADMIN_ORIGIN), headers),
    post: (address, form) =>
      visit(new URL(address, ADMIN_ORIGIN), { 'sec-fetch-site': 'cross-site', cookie: '' }, form),
    async follow(address) {
      let visited = await visit(new URL(address, ADMIN_ORIGIN));
      for (let hops = 0; hops < 20 && visited.location !== ''; hops += 1) {
        const next = new URL(visited.location);
        if (next.origin === ADMIN_ORIGIN && !next.pathname.startsWith('/auth/')) return visited;
        visited = await visit(next);
      }
      return visited;
    },
    submit: (address, form) => visit(new URL(address, ADMIN_ORIGIN), {}, form),
    forget: (address) => jarOf(new URL(address).host).clear(),
    cookie: (name) => jarOf(new URL(ADMIN_ORIGIN).host).get(name),
  };
}

/** Where somebody came to who went to prove who they are: on which page, and what became of it. */
export function provenAt({ location }: Visit): readonly [page: string, outcome: string | null] {
  const url = new URL(location);
  expect(url.origin).toBe(ADMIN_ORIGIN);
  return [url.pathname, url.searchParams.get('proof')];
}

/** Why the sign-in page says that nobody is signed in. */
export const refusedAt = ({ location }: Visit): string | null => {
  const url = new URL(location);
  return url.origin === ADMIN_ORIGIN && url.pathname === '/sign-in' ? url.searchParams.get('refused') : null;
};
