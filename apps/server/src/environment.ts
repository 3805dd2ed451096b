import { compile } from '@fastify/proxy-addr';
import { z } from 'zod';
import { defaultTimeOuts, type TimeOuts } from './http/time-outs.ts';
import { defaultRateLimits, type RateLimits } from './rate-limits/rate-limits.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const perMinute = z.coerce.number().int().min(0).max(1_000_000_000);
const url = z.url().transform((text) => text.replace(/\/+$/, ''));

const seconds = z.coerce.number().int().min(1).max(3600);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean),
);
const HOST = /^([\w.-]+|\[[\da-f:.]+\])$/i;
const hosts = list.refine(
  (names) => names.every((name) => HOST.test(name)),
  'must be host names without scheme and port, separated by commas',
);
const proxies = list.refine(
  areAddresses,
  'must be addresses or networks such as 10.1.2.3, 10.0.0.0/8 or loopback, separated by commas',
);

const schema = z.object({
  /** An external PostgreSQL, 15 or newer; without it the server starts one of its own. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(8),
  /** Where the server's own PostgreSQL and the operator's token live. */
  ROLLCALL_DATA_DIR: z.string().min(1).default('.rollcall'),
  ROLLCALL_OPERATOR_TOKEN: z.string().startsWith('rc_operator_').optional(),
  SERVER_HOST: z.string().min(1).default('127.0.0.1'),
  SERVER_PORT: port.default(4000),
  /** How clients reach the server, where that is not `http://localhost:SERVER_PORT`. */
  PUBLIC_URL: url.optional(),
  /** Where the admin app is served; its pages may open WebSockets here. */
  ADMIN_URL: url.default('http://localhost:3000'),
  /** Hosts by which clients may reach the server while PUBLIC_URL does not say it, besides this machine's. */
  ALLOWED_HOSTS: hosts.default([]),
  /** Addresses and networks of proxies that are believed about the client they pass on. */
  TRUSTED_PROXIES: proxies.default([]),
  /** What the admin shows to be believed, wherever it runs. */
  ROLLCALL_PROXY_SECRET: z.string().min(16).optional(),
  /** How long a request may take to arrive. */
  HEADERS_TIMEOUT_SECONDS: seconds.default(defaultTimeOuts.headersSeconds),
  REQUEST_TIMEOUT_SECONDS: seconds.default(defaultTimeOuts.requestSeconds),
  /** What is heard of one client in a minute; 0 lifts a limit. */
  RATE_LIMIT_PER_MINUTE: perMinute.default(defaultRateLimits.requests),
  RATE_LIMIT_WRONG_CREDENTIALS_PER_MINUTE: perMinute.default(defaultRateLimits.wrongCredentials),
  RATE_LIMIT_SIGN_INS_PER_MINUTE: perMinute.default(defaultRateLimits.signIns),
  RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE: perMinute.default(defaultRateLimits.failedSignIns),
  /** May those without a credential read the contract? */
  PUBLIC_INTROSPECTION: z
    .enum(['on', 'off'])
    .default('off')
    .transform((word) => word === 'on'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** What the process reads of its environment, checked. */
export type Environment = z.infer<typeof schema>;

/** A variable is wrong; the message names each and says the rule. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Reads the environment; empty variables count as absent. Throws EnvironmentError. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new EnvironmentError(`The environment is not right:\n${problems.join('\n')}`);
}

/** The rate limits that the environment asks for. */
export const rateLimitsOf = (environment: Environment): RateLimits => ({
  requests: environment.RATE_LIMIT_PER_MINUTE,
  wrongCredentials: environment.RATE_LIMIT_WRONG_CREDENTIALS_PER_MINUTE,
  signIns: environment.RATE_LIMIT_SIGN_INS_PER_MINUTE,
  failedSignIns: environment.RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE,
});

/** The time-outs that the environment asks for. */
export const timeOutsOf = (environment: Environment): TimeOuts => ({
  headersSeconds: environment.HEADERS_TIMEOUT_SECONDS,
  requestSeconds: environment.REQUEST_TIMEOUT_SECONDS,
});

function areAddresses(texts: string[]): boolean {
  try {
    compile(texts);
    return true;
  } catch {
    return false;
  }
}
