import { z } from 'zod';
import { UsageError } from './command-error.ts';
import type { Environment } from './environment.ts';

const DEFAULT_URL = 'http://127.0.0.1:4000';
const serverUrl = z.url({ protocol: /^https?$/ });

/** The server as the caller named it, and its GraphQL endpoint. */
export interface ServerAddress {
  url: string;
  endpoint: string;
}

/**
 * Chooses the server: the option, then the variable, then this machine.
 * @throws UsageError naming the one that is no http or https URL
 */
export function chooseServer(option: string | undefined, environment: Environment): ServerAddress {
  const url = option ?? environment.serverUrl ?? DEFAULT_URL;
  if (!serverUrl.safeParse(url).success) {
    const field = option === undefined ? 'ROLLCALL_URL' : '--url';
    throw new UsageError(
      `${field} must be the http or https URL of a Rollcall server, such as ${DEFAULT_URL} (got ${JSON.stringify(url)}).`,
    );
  }
  const base = url.replace(/\/+$/, '');
  return { url: base, endpoint: base.endsWith('/graphql') ? base : `${base}/graphql` };
}
