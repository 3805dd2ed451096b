import { expect, test } from 'vitest';
import { readEnvironment } from './environment.ts';
import { chooseServer } from './server-url.ts';

const nothing = readEnvironment({});
const elsewhere = readEnvironment({ ROLLCALL_URL: 'https://rollcall.example' });

test('the option wins over the variable, and the variable over this machine', () => {
  expect(chooseServer('http://10.0.0.1:4000', elsewhere).endpoint).toBe('http://10.0.0.1:4000/graphql');
  expect(chooseServer(undefined, elsewhere).endpoint).toBe('https://rollcall.example/graphql');
  expect(chooseServer(undefined, nothing).endpoint).toBe('http://127.0.0.1:4000/graphql');
});

test('an empty variable counts as not set', () => {
  expect(chooseServer(undefined, readEnvironment({ ROLLCALL_URL: ' ' })).url).toBe('http://127.0.0.1:4000');
});

test.each([
  'https://example.com/rollcall',
  'https://example.com/rollcall/',
  'https://example.com/rollcall/graphql',
])('%s leads to the endpoint below its path', (url) => {
  expect(chooseServer(url, nothing).endpoint).toBe('https://example.com/rollcall/graphql');
});

test('what is wrong is named by where it came from', () => {
  expect(() => chooseServer('127.0.0.1:4000', elsewhere)).toThrow(/^--url must be the http or https URL/);
  expect(() => chooseServer(undefined, readEnvironment({ ROLLCALL_URL: 'ftp://x' }))).toThrow(
    /^ROLLCALL_URL must be the http or https URL.*"ftp:\/\/x"/,
  );
});
