import { compile } from '@fastify/proxy-addr';
import { z } from 'zod';

const list = z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean));

const PORT_RULE = 'must be a port from 0 to 65535, such as 3000';
const ADDRESS_RULE = 'must be an address such as https://id.example.com';
const address = z.url({ protocol: /^https?$/, error: ADDRESS_RULE });

const schema = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, PORT_RULE)
    .transform(Number)
    .pipe(z.number().max(65_535, PORT_RULE))
    .default(3000),
  ADMIN_HOST: z.string().min(1).default('127.0.0.1'),
  /** How browsers reach the admin; its scheme counts where no trusted proxy tells one. */
  ADMIN_URL: address.optional(),
  /** Where the server listens. */
  ROLLCALL_SERVER_URL: address.default('http://127.0.0.1:4000'),
  /** What the admin shows to the server to be believed about its clients; the server has more to say of it. */
  ROLLCALL_PROXY_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; "openssl rand -hex 32" makes one')
    .optional(),
  /** Addresses and networks of the proxies in front that are believed about theirs. */
  TRUSTED_PROXIES: list
    .refine(areAddresses, 'must be addresses or networks such as 10.1.2.3, 10.0.0.0/8 or loopback')
    .default([]),
});

/** What the admin reads of its environment, checked. */
export type Environment = z.infer<typeof schema>;

/** A variable is wrong; the message names each and says the rule. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Reads the environment; empty variables count as absent. @throws EnvironmentError */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new EnvironmentError(`The environment is not right:\n${problems.join('\n')}`);
}

export const isDevelopment = (): boolean => process.env.NODE_ENV !== 'production';

function areAddresses(texts: string[]): boolean {
  try {
    compile(texts);
    return true;
  } catch {
    return false;
  }
}
