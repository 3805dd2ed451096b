import { z } from 'zod';

/** The numbers and names of a run, within the bounds in which it can end. */
export const settingsSchema = z.object({
  idp: z.enum(['entra', 'okta']),
  /** The SCIM base URL. */
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().regex(/^[\x21-\x7e]+$/),
  users: z.number().int().min(1).max(50_000).default(500),
  groups: z.number().int().min(0).max(1_000).default(20),
  seed: z.number().int().min(0).max(4_294_967_295).default(1),
  concurrency: z.number().int().min(1).max(64).default(4),
  cycles: z.enum(['initial', 'delta', 'both']).default('both'),
  /** Are passwords sent with new people, by identity providers that do? Hashing them is most of a server's work. */
  passwords: z.boolean().default(true),
});

/** Settings as they are given: all but `idp`, `url` and `token` may be left out. */
export type GivenSettings = z.input<typeof settingsSchema>;

/** Everything that a run depends on. */
export type Settings = z.output<typeof settingsSchema>;
