import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EnvironmentError, rateLimitsOf, readEnvironment } from '../src/environment.ts';
import { operatorToken } from '../src/operator-token.ts';
import { defaultRateLimits } from '../src/rate-limits/rate-limits.ts';

describe('the environment', () => {
  test('needs nothing, and an empty variable is none', () => {
    expect(readEnvironment({ SERVER_PORT: '', DATABASE_URL: '' })).toMatchObject({
      SERVER_PORT: 4000,
      SERVER_HOST: '127.0.0.1',
      LOG_LEVEL: 'info',
      PUBLIC_INTROSPECTION: false,
    });
  });

  test('has origins without a slash at the end', () => {
    const { PUBLIC_URL } = readEnvironment({ PUBLIC_URL: 'https://id.example.com//' });
    expect(PUBLIC_URL).toBe('https://id.example.com');
  });

  test('lifts and sets rate limits', () => {
    const environment = readEnvironment({
      RATE_LIMIT_PER_MINUTE: '0',
      RATE_LIMIT_FAILED_SIGN_INS_PER_MINUTE: '5',
    });
    expect(rateLimitsOf(environment)).toEqual({ ...defaultRateLimits, requests: 0, failedSignIns: 5 });
  });

  test('has lists with commas', () => {
    const variables = { TRUSTED_PROXIES: 'loopback, 10.0.0.0/8,', ALLOWED_HOSTS: 'id.example.com,[fd00::1]' };
    expect(readEnvironment(variables)).toMatchObject({
      TRUSTED_PROXIES: ['loopback', '10.0.0.0/8'],
      ALLOWED_HOSTS: ['id.example.com', '[fd00::1]'],
    });
  });

  test.each([
    ['RATE_LIMIT_PER_MINUTE', '-1'],
    ['TRUSTED_PROXIES', 'proxy.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['ALLOWED_HOSTS', 'https://id.example.com'],
    ['ROLLCALL_PROXY_SECRET', 'short'],
    ['REQUEST_TIMEOUT_SECONDS', '0'],
    ['SERVER_PORT', 'eighty'],
    ['SERVER_PORT', '70000'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_POOL_SIZE', '0'],
    ['PUBLIC_URL', 'id.example.com'],
    ['LOG_LEVEL', 'loud'],
    ['PUBLIC_INTROSPECTION', 'perhaps'],
    ['ROLLCALL_OPERATOR_TOKEN', 'secret'],
  ])('%s=%s is refused by name', (name, value) => {
    const read = () => readEnvironment({ [name]: value });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(new RegExp(`^ {2}${name}: `, 'm'));
  });
});

describe("the operator's token", () => {
  test('is made once, and readable by its owner alone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rollcall-operator-'));
    try {
      const data = join(directory, 'data');
      const tokens = await Promise.all([operatorToken(data), operatorToken(data)]);
      expect(tokens[0]).toMatch(/^rc_operator_/);
      expect(new Set([...tokens, await operatorToken(data)]).size).toBe(1);
      expect((await stat(join(data, 'operator-token'))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(data, 'operator-token'), 'utf8')).toBe(`${tokens[0]}\n`);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
