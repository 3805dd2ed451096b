import { compile } from '@fastify/proxy-addr';
import { z } from 'zod';
import { ENCRYPTION_KEYS_FORM, parseEncryptionKeys } from './encryption-keys.ts';
import { defaultTimeOuts, type TimeOuts } from './http/time-outs.ts';
import { isOperatorToken, OPERATOR_TOKEN_FORM } from './operator-token.ts';
import { defaultRateLimits, type RateLimits } from './rate-limits/rate-limits.ts';
import { StartRefused } from './start-refused.ts';

/** Fewer, and a secret could be guessed: 32 characters of base64 or hexadecimal digits are 128 random bits and more. */
const SECRET_CHARACTERS = 32;
/** A random secret of that length has more; what somebody made up by repeating a few has not. */
const DIFFERENT_CHARACTERS = 10;

const wholeNumber = (from: number, to: number, what: string) => {
  const rule = `must be ${what} from ${from} to ${to}`;
  return (example: number) => {
    const error = `${rule}, such as ${example}`;
    return z
      .string()
      .regex(/^\d{1,10}$/, error)
      .transform(Number)
      .pipe(z.number().min(from, error).max(to, error))
      .default(example);
  };
};
const port = wholeNumber(0, 65_535, 'a port');
const perMinute = wholeNumber(0, 1_000_000_000, 'a number of requests');
const seconds = wholeNumber(1, 3600, 'a number of seconds');
const url = z
  .url({ protocol: /^https?$/, error: 'must be an address such as https://id.example.com' })
  .transform((text) => text.replace(/\/+$/, ''));
const some = (what: string) => z.string().regex(/\S/, `must be ${what}`);
const oneOf = <const Words extends readonly [string, ...string[]]>(...words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

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
const hostsWithPorts = list.refine(
  (names) => names.every((name) => HOST.test(name.replace(/:\d{1,5}$/, ''))),
  'must be host names without scheme, each alone or with a port, separated by commas',
);
const proxies = list.refine(
  areAddresses,
  'must be addresses or networks such as 10.1.2.3, 10.0.0.0/8 or loopback, separated by commas',
);

/** An address, or a name with the address behind it. */
const SENDER = /^([^<>@\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

const variables = z.object({
  /** An external PostgreSQL, 15 or newer; without it the server starts one of its own. */
  DATABASE_URL: z
    .string()
    .refine(
      namesDatabase,
      'must be the address of a database with its name, such as postgres://user:password@localhost:5432/rollcall',
    )
    .optional(),
  DATABASE_POOL_SIZE: wholeNumber(2, 200, 'a number of connections')(8),
  /** Where the server's own PostgreSQL and the operator's token live. */
  ROLLCALL_DATA_DIR: some('a directory, such as .rollcall').default('.rollcall'),
  ROLLCALL_OPERATOR_TOKEN: z
    .string()
    .refine(
      isOperatorToken,
      `must be a token that a server has made, ${OPERATOR_TOKEN_FORM}: leave it out, start a server once, and take what is in the file operator-token of its ROLLCALL_DATA_DIR`,
    )
    .optional(),
  /** What secrets are sealed with that are needed again in plain, such as what a mail says that is still to be sent. */
  ROLLCALL_ENCRYPTION_KEYS: z
    .string()
    .transform((text, context) => {
      const keys = parseEncryptionKeys(text);
      if (keys !== undefined) return keys;
      const message = `must be ${ENCRYPTION_KEYS_FORM}; "openssl rand -base64 32" makes one`;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional(),
  /** The server that mails go to; without it none are sent. */
  ROLLCALL_SMTP_URL: z
    .string()
    .refine(
      namesMailServer,
      'must be the address of a mail server, such as smtp://localhost:1025 or smtps://user:password@smtp.example.com',
    )
    .optional(),
  /** From whom mails are. */
  ROLLCALL_MAIL_FROM: z
    .string()
    .regex(
      SENDER,
      'must be an e-mail address, such as no-reply@example.com or Rollcall <no-reply@example.com>',
    )
    .optional(),
  SERVER_HOST: some('an address of this machine, such as 127.0.0.1').default('127.0.0.1'),
  SERVER_PORT: port(4000),
  /** How clients reach the server, where that is not `http://localhost:SERVER_PORT`. */
  PUBLIC_URL: url.optional(),
  /** Where the admin app is served; its pages may open WebSockets here. */
  ADMIN_URL: url.default('http://localhost:3000'),
  /** Hosts by which clients may reach the server while PUBLIC_URL does not say it, besides this machine's. */
  ALLOWED_HOSTS: hosts.default([]),
  /** Hosts, or each with a port, that may be fetched from without TLS and at addresses that are not public, for development and tests. */
  ALLOWED_PRIVATE_HOSTS: hostsWithPorts.default([]),
  /** Addresses and networks of proxies that are believed about the client they pass on. */
  TRUSTED_PROXIES: proxies.default([]),
  /** What the admin shows to be believed, wherever it runs. */
  ROLLCALL_PROXY_SECRET: z
    .string()
    .refine(
      isHardToGuess,
      `must have at least ${SECRET_CHARACTERS} characters, ${DIFFERENT_CHARACTERS} different ones among them; "openssl rand -hex 32" makes one`,
    )
    .optional(),
  /** How long a request may take to arrive. */
  HEADERS_TIMEOUT_SECONDS: seconds(defaultTimeOuts.headersSeconds),
  REQUEST_TIMEOUT_SECONDS: seconds(defaultTimeOuts.requestSeconds),
  /** What is heard of one client in a minute; 0 lifts a limit. */
  RATE_LIMIT_PER_MINUTE: perMinute(defaultRateLimits.requests),
  RATE_LIMIT_WRONG_CREDENTIALS_PER_MINUTE: perMinute(defaultRateLimits.wrongCredentials),
  RATE_LIMIT_SIGN_INS_PER_MINUTE: perMinute(defaultRateLimits.signIns),
  RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE: perMinute(defaultRateLimits.failedSignIns),
  /** May those without a credential read the contract? */
  PUBLIC_INTROSPECTION: oneOf('on', 'off')
    .default('off')
    .transform((word) => word === 'on'),
  LOG_LEVEL: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').default('info'),
});

/** Half of what mails need is a mistake: somebody would wait for mails that never come. */
const schema = variables.superRefine(({ ROLLCALL_SMTP_URL, ROLLCALL_MAIL_FROM }, { addIssue }) => {
  const needs = (name: string, other: string) =>
    addIssue({ code: 'custom', path: [name], message: `must be set along with ${other}, or both left out` });
  if (ROLLCALL_SMTP_URL === undefined && ROLLCALL_MAIL_FROM !== undefined)
    needs('ROLLCALL_SMTP_URL', 'ROLLCALL_MAIL_FROM');
  if (ROLLCALL_SMTP_URL !== undefined && ROLLCALL_MAIL_FROM === undefined)
    needs('ROLLCALL_MAIL_FROM', 'ROLLCALL_SMTP_URL');
});

/** What the process reads of its environment, checked. */
export type Environment = z.infer<typeof schema>;

/** A variable is wrong; the message names each and says the rule. */
export class EnvironmentError extends StartRefused {
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

/** By which server mails are sent, and from whom, if they are. */
export const mailOf = ({ ROLLCALL_SMTP_URL: smtpUrl, ROLLCALL_MAIL_FROM: from }: Environment) =>
  smtpUrl === undefined || from === undefined ? undefined : { smtpUrl, from };

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

function namesMailServer(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^smtps?:$/.test(url.protocol) && url.hostname !== '';
}

function namesDatabase(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1;
}

function isHardToGuess(secret: string): boolean {
  return secret.length >= SECRET_CHARACTERS && new Set(secret).size >= DIFFERENT_CHARACTERS;
}
