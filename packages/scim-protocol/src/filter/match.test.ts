import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { userResourceType } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/urns.ts';
import { bindFilter } from './bind.ts';
import { matchesFilter } from './match.ts';
import { parseFilter } from './parse.ts';

const user: JsonObject = {
  id: 'Ab1',
  userName: 'Ada@Example.com',
  active: true,
  name: { familyName: 'Lovelace' },
  emails: [
    { value: 'ada@work.example', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home' },
  ],
  meta: { created: '2026-01-01T00:00:00Z' },
  [ENTERPRISE_USER_SCHEMA]: { department: 'Engines', manager: { value: 'm1' } },
};

const matches = (text: string) => matchesFilter(bindFilter(parseFilter(text), userResourceType), user);

describe('matchesFilter (RFC 7644 §3.4.2.2)', () => {
  it.each([
    'userName eq "ADA@EXAMPLE.COM"',
    'userName sw "ada" and userName ew ".COM" and userName co "@ex"',
    'id eq "Ab1"',
    'active eq true',
    'name.familyName gt "Aardvark" and name.familyName le "LOVELACE"',
    'emails.type eq "work" and emails.value co "@home"',
    'emails[type eq "work" and value co "@work"]',
    'emails eq "ada@home.example"',
    'not (emails[type eq "work" and value co "@home"])',
    'meta.created ge "2025-12-31T22:30:00-01:00"',
    'meta.created lt "2026-01-01T00:00:00.0010000Z"',
    'nickName eq null and userName ne null',
    'nickName ne "x"',
    'emails pr and name pr and not (nickName pr)',
    `${ENTERPRISE_USER_SCHEMA}:department eq "engines" and ${ENTERPRISE_USER_SCHEMA}:manager eq "m1"`,
    'userName eq "x" or id pr',
  ])('matches %s', (text) => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    'id eq "ab1"',
    'emails[type eq "work" and value co "@home"]',
    'emails ne "ada@home.example"',
    'active eq false',
    'userName eq null',
    'meta.created gt "2026-01-01T00:00:00Z"',
    'nickName eq "x"',
    `${ENTERPRISE_USER_SCHEMA}:manager eq "M1"`,
    'nickName pr',
  ])('does not match %s', (text) => {
    expect(matches(text)).toBe(false);
  });
});
