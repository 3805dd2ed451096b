import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSecret } from '@rollcall/core';
import { describe, expect, test } from 'vitest';
import { openDataDirectory } from '../src/data-directory.ts';
import { encryptionKeys } from '../src/encryption-keys.ts';
import { EnvironmentError, mailOf, rateLimitsOf, readEnvironment } from '../src/environment.ts';
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

  test.each(['no-reply@example.com', 'Rollcall <no-reply@example.com>', '"Us, all" <us@example.com>'])(
    'has mails from %s',
    (from) => {
      const smtpUrl = 'smtps://user:p%40ss@smtp.example.com';
      const variables = { ROLLCALL_SMTP_URL: smtpUrl, ROLLCALL_MAIL_FROM: from };
      expect(mailOf(readEnvironment(variables))).toEqual({ smtpUrl, from });
      expect(mailOf(readEnvironment({}))).toBeUndefined();
    },
  );

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
    ['ALLOWED_PRIVATE_HOSTS', 'http://localhost:8080'],
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
    ['ROLLCALL_OPERATOR_TOKEN', 'rc_operator_short'],
    ['ROLLCALL_OPERATOR_TOKEN', '   '],
    ['ROLLCALL_OPERATOR_TOKEN', newSecret('api', randomUUID()).secret],
    ['ROLLCALL_PROXY_SECRET', 'ab'.repeat(32)],
    ['ROLLCALL_PROXY_SECRET', ' '.repeat(64)],
    ['DATABASE_URL', 'hello'],
    ['DATABASE_URL', 'postgres://user@localhost:5432'],
    ['DATABASE_URL', 'postgres://user@localhost:5432/'],
    ['PUBLIC_URL', 'localhost:4000'],
    ['SERVER_PORT', ' '],
    ['ROLLCALL_DATA_DIR', ' '],
    ['ROLLCALL_SMTP_URL', 'localhost'],
    ['ROLLCALL_SMTP_URL', 'http://localhost'],
    ['ROLLCALL_MAIL_FROM', 'nobody'],
    ['ROLLCALL_ENCRYPTION_KEYS', 'secret'],
    ['ROLLCALL_ENCRYPTION_KEYS', ','],
    ['ROLLCALL_ENCRYPTION_KEYS', randomBytes(31).toString('base64')],
    ['ROLLCALL_ENCRYPTION_KEYS', Buffer.alloc(32).toString('base64')],
    ['ROLLCALL_ENCRYPTION_KEYS', `${randomBytes(32).toString('base64')},x`],
  ])('%s=%s is refused by name', (name, value) => {
    const read = () => readEnvironment({ [name]: value });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(new RegExp(`^ {2}${name}: must .*`, 'm'));
  });
});

describe('what is wrong is told in one sentence, with what would be right', () => {
  test.each([
    ['SERVER_PORT', 'abc', 'must be a port from 0 to 65535, such as 4000'],
    ['DATABASE_URL', 'hello', 'with its name, such as postgres://user:password@localhost:5432/rollcall'],
    ['REQUEST_TIMEOUT_SECONDS', '1e9', 'must be a number of seconds from 1 to 3600, such as 60'],
    ['ROLLCALL_OPERATOR_TOKEN', 'secret', 'take what is in the file operator-token'],
    ['ROLLCALL_PROXY_SECRET', 'secret', 'openssl rand -hex 32'],
    ['LOG_LEVEL', 'loud', 'must be one of fatal, error'],
    [
      'ROLLCALL_ENCRYPTION_KEYS',
      'x',
      'must be 32 bytes in Base64 each, separated by commas, first the one that seals',
    ],
    ['ROLLCALL_ENCRYPTION_KEYS', 'x', 'openssl rand -base64 32'],
    ['ROLLCALL_MAIL_FROM', 'a@example.com', 'ROLLCALL_SMTP_URL: must be set along with ROLLCALL_MAIL_FROM'],
  ])('%s=%s', (name, value, words) => {
    const problem = thrownBy(() => readEnvironment({ [name]: value }));
    expect(problem.split('\n')).toEqual([expect.anything(), expect.stringContaining(words)]);
  });

  test('what a server makes itself is right, and so is what openssl makes', () => {
    const variables = {
      ROLLCALL_OPERATOR_TOKEN: newSecret('operator', randomUUID()).secret,
      ROLLCALL_PROXY_SECRET: randomBytes(32).toString('hex'),
    };
    expect(readEnvironment(variables)).toMatchObject(variables);
    expect(readEnvironment({ ROLLCALL_PROXY_SECRET: randomUUID() })).toBeDefined();
    const keys = [randomBytes(32), randomBytes(32)];
    const text = `${keys[0]?.toString('base64')}, ${keys[1]?.toString('base64url')}`;
    expect(readEnvironment({ ROLLCALL_ENCRYPTION_KEYS: text }).ROLLCALL_ENCRYPTION_KEYS).toEqual(keys);
  });
});

function thrownBy(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
  return 'nothing';
}

describe('the data directory', () => {
  test.each(['/proc/rollcall', '/dev/null/rollcall'])(
    '%s, where none can be made, is refused by name',
    async (path) => {
      await expect(openDataDirectory(path)).rejects.toThrow(/^ROLLCALL_DATA_DIR: .*another directory/);
    },
  );
});

describe("the operator's token", () => {
  test('is made once, and readable by its owner alone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rollcall-operator-'));
    try {
      const data = join(directory, 'data');
      await openDataDirectory(data);
      const tokens = await Promise.all([operatorToken(data), operatorToken(data)]);
      expect(tokens[0]).toMatch(/^rc_operator_/);
      expect(new Set([...tokens, await operatorToken(data)]).size).toBe(1);
      expect((await stat(join(data, 'operator-token'))).mode & 0o777).toBe(0o600);
      expect(await readFile(join(data, 'operator-token'), 'utf8')).toBe(`${tokens[0]}\n`);
      expect(await readdir(data)).toEqual(['operator-token']);
      await writeFile(join(data, 'operator-token'), '');
      await expect(operatorToken(data)).rejects.toThrow(/operator-token has no operator's token.*Delete it/);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('the encryption keys', () => {
  test('are made once, readable by their owner alone; a file without keys is refused by name', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'rollcall-keys-'));
    const file = join(directory, 'encryption-keys');
    try {
      const [first, second] = await Promise.all([encryptionKeys(directory), encryptionKeys(directory)]);
      expect(first).toEqual(second);
      expect(first.map(({ length }) => length)).toEqual([32]);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      const newer = randomBytes(32);
      await writeFile(file, `${newer.toString('base64')}\n${await readFile(file, 'utf8')}`);
      expect(await encryptionKeys(directory)).toEqual([newer, ...first]);
      await writeFile(file, 'x');
      await expect(encryptionKeys(directory)).rejects.toThrow(
        /encryption-keys has no encryption keys, 32 bytes/,
      );
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
