import { expect, it } from 'vitest';
import { parseCommand, UsageError } from './arguments.ts';

const NEEDED = ['--idp', 'entra', '--url', 'http://127.0.0.1:4000/scim/v2/acme', '--token', 'rc_scim_x'];

it('fills in what is not said', () => {
  expect(parseCommand(NEEDED)).toEqual({
    kind: 'simulate',
    json: false,
    settings: {
      idp: 'entra',
      url: 'http://127.0.0.1:4000/scim/v2/acme',
      token: 'rc_scim_x',
      users: 500,
      groups: 20,
      seed: 1,
      concurrency: 4,
      cycles: 'both',
      passwords: true,
    },
  });
});

it('takes what is said', () => {
  const command = parseCommand([
    ...NEEDED,
    ...['--users', '7', '--groups=0', '--cycles', 'delta', '--no-passwords', '--json'],
  ]);
  expect(command).toMatchObject({
    json: true,
    settings: { users: 7, groups: 0, cycles: 'delta', passwords: false },
  });
});

it.each([
  [['--users', '0'], '--users must be a whole number from 1 to 50000 (got "0"); for example --users 500'],
  [['--users', '1e3'], '--users must be a whole number from 1 to 50000 (got "1e3")'],
  [['--users='], '--users must be a whole number'],
  [['--groups', '1001'], '--groups must be a whole number from 0 to 1000'],
  [['--seed', '1.5'], '--seed must be a whole number'],
  [['--concurrency', '999'], '--concurrency must be a whole number from 1 to 64'],
  [['--cycles', 'all'], '--cycles must be initial, delta or both (got "all"); for example --cycles both'],
  [['--idp', 'ping'], '--idp must be entra or okta (got "ping"); for example --idp entra'],
  [['--url', 'ftp://x/y'], '--url must be the SCIM base URL, http or https'],
  [['--url', 'localhost:4000'], '--url must be the SCIM base URL'],
  [['--colour', 'red'], "Unknown option '--colour'"],
  [['stray'], 'stray'],
])('refuses %j with a message that says what to do', (more, message) => {
  expect(() => parseCommand([...NEEDED, ...more])).toThrow(UsageError);
  expect(() => parseCommand([...NEEDED, ...more])).toThrow(message);
});

it('names every flag that is missing', () => {
  expect(() => parseCommand([])).toThrow(/--idp .*missing[\s\S]*--url .*missing[\s\S]*--token .*missing/);
});

it('never repeats a token', () => {
  try {
    parseCommand([...NEEDED, '--token', 'top secret']);
    expect.unreachable();
  } catch (error) {
    expect(String(error)).toContain('--token must be');
    expect(String(error)).not.toContain('top secret');
  }
});

it('helps', () => {
  expect(parseCommand(['--help'])).toEqual({ kind: 'help' });
});
