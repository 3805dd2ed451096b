import { parseArgs } from 'node:util';
import { type Settings, settingsSchema } from './settings.ts';

/** The command line is not understood; the message names the flag, the rule and an example. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A command line as it is meant. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'simulate'; readonly settings: Settings; readonly json: boolean };

type Flag = Exclude<keyof Settings, 'passwords'>;

const FLAGS: Readonly<Record<Flag, { rule: string; example: string }>> = {
  idp: { rule: 'must be entra or okta', example: '--idp entra' },
  url: {
    rule: 'must be the SCIM base URL, http or https',
    example: '--url http://127.0.0.1:4000/scim/v2/ACCOUNT',
  },
  token: { rule: 'must be a SCIM token, without spaces', example: '--token rc_scim_…' },
  users: { rule: 'must be a whole number from 1 to 50000', example: '--users 500' },
  groups: { rule: 'must be a whole number from 0 to 1000', example: '--groups 20' },
  seed: { rule: 'must be a whole number from 0 to 4294967295', example: '--seed 1' },
  concurrency: { rule: 'must be a whole number from 1 to 64', example: '--concurrency 4' },
  cycles: { rule: 'must be initial, delta or both', example: '--cycles both' },
};

export const USAGE = `Plays an identity provider that provisions a synthetic organisation over SCIM 2.0.

  npm run simulate -- --idp entra|okta --url URL --token TOKEN [options]

  --idp          which identity provider: entra or okta
  --url          the SCIM base URL, such as http://127.0.0.1:4000/scim/v2/ACCOUNT
  --token        the SCIM token of the account
  --users        people in the organisation, 1 to 50000 (500)
  --groups       pushed groups, 0 to 1000 (20)
  --seed         which organisation; the same seed is the same people (1)
  --concurrency  requests at a time, 1 to 64 (4)
  --cycles       initial, delta or both (both)
  --no-passwords leave out the passwords that Okta sends with new people
  --json         print the summary as JSON on standard output
  --help         this text

Exit code 0: everything was answered as expected; 1: something was not; 2: the command line is wrong.
`;

/** Reads a command line; throws UsageError. */
export function parseCommand(argv: readonly string[]): Command {
  const values = rawValues(argv);
  if (values.help === true) return { kind: 'help' };
  const parsed = settingsSchema.safeParse({
    idp: values.idp,
    url: values.url,
    token: values.token,
    users: numberOf(values.users),
    groups: numberOf(values.groups),
    seed: numberOf(values.seed),
    concurrency: numberOf(values.concurrency),
    cycles: values.cycles,
    passwords: values['no-passwords'] !== true,
  });
  if (parsed.success) return { kind: 'simulate', settings: parsed.data, json: values.json === true };
  const broken = [...new Set(parsed.error.issues.map((issue) => issue.path[0]).filter(isFlag))];
  throw new UsageError(broken.map((flag) => complaint(flag, values[flag])).join('\n'));
}

function rawValues(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  try {
    return parseArgs({
      args: [...argv],
      strict: true,
      allowPositionals: false,
      options: {
        idp: text,
        url: text,
        token: text,
        users: text,
        groups: text,
        seed: text,
        concurrency: text,
        cycles: text,
        'no-passwords': yes,
        json: yes,
        help: { ...yes, short: 'h' },
      },
    }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${message}\n--help lists the flags; for example: --idp entra --users 500`);
  }
}

/** Digits only: what Number would also take, such as "1e3", "0x10" or "", is refused as not a number. */
function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

function isFlag(name: unknown): name is Flag {
  return typeof name === 'string' && name in FLAGS;
}

/** The token is a secret and is never repeated. */
function complaint(flag: Flag, given: string | undefined): string {
  const { rule, example } = FLAGS[flag];
  const got = given === undefined ? 'it is missing' : `got ${JSON.stringify(given)}`;
  return `--${flag} ${rule}${flag === 'token' && given !== undefined ? '' : ` (${got})`}; for example ${example}`;
}
