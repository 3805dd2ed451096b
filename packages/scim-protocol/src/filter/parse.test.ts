import { describe, expect, it } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

/** The filter as it is understood, fully in canonical form. */
const read = (text: string) => printFilter(parseFilter(text));

describe('parseFilter (RFC 7644 §3.4.2.2)', () => {
  it.each([
    'userName eq "bjensen"',
    `name.familyName co "O'Malley"`,
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
    'title pr and userType eq "Employee"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work"] or ims[type eq "xmpp" and value co "@foo.com"]',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "1"',
    'members[$ref pr]',
    'active eq true and age gt -1.5e3 and nickName ne null',
  ])('understands %s', (filter) => {
    expect(read(filter)).toBe(filter.replace('-1.5e3', '-1500'));
  });

  it('takes keywords in any case and any white space', () => {
    expect(read('  a EQ "x"\tAND NOT(b Pr)\n')).toBe('a eq "x" and not (b pr)');
    expect(read('a eq TRUE or b eq False or c eq Null')).toBe('a eq true or b eq false or c eq null');
    expect(read('members[value eq"1"]')).toBe('members[value eq "1"]');
  });

  it('binds "and" tighter than "or", and keeps parentheses that matter', () => {
    expect(parseFilter('a pr or b pr and c pr')).toEqual(parseFilter('a pr or (b pr and c pr)'));
    expect(read('(a pr or b pr) and c pr')).toBe('(a pr or b pr) and c pr');
    expect(read('((a pr)) and ((b pr and c pr))')).toBe('a pr and b pr and c pr');
  });

  it('reads strings as JSON', () => {
    expect(parseFilter('a eq "\\"x\\" \\\\ \\u00e9 ] ) and"')).toMatchObject({ value: '"x" \\ é ] ) and' });
  });

  it('takes the form of Microsoft Entra ID as a value path', () => {
    expect(read('emails[type eq "work"].value eq "a@b.c"')).toBe(
      'emails[type eq "work" and value eq "a@b.c"]',
    );
    expect(read('emails[type eq "a" or type eq "b"].value pr')).toBe(
      'emails[(type eq "a" or type eq "b") and value pr]',
    );
  });

  it.each([
    ['', 'at the end'],
    ['userName', 'operator after userName is expected at the end'],
    ['userName eq', 'a value is expected at the end'],
    ['externalId eq jyoung', 'at character 15, where jyoung'],
    ['userName eq "x" and', 'at the end'],
    ['userName eq "x" garbage', 'at character 17'],
    ['userName xx "x"', 'at character 10, where xx'],
    ['(userName pr', '")" is expected at the end'],
    ['emails[type pr', '"]" is expected at the end'],
    ['not userName pr', '"(" is expected at character 5'],
    ['userName eq "x', 'starts at character 13 has no closing quote'],
    ['userName eq "\\x"', 'not a JSON string'],
    ['userName eq "a\\u0000b"', 'not text'],
    ['userName eq "\\ud800"', 'not text'],
    ['a.b.c eq 1', 'attribute name'],
    ['emails[type pr].a.b eq 1', 'sub-attribute'],
    ['a eq 01', 'where 01 was found'],
    ['a eq 1e999', 'where 1e999 was found'],
    ['1=1', 'attribute name'],
    [')', 'attribute name'],
  ])('refuses %s and says where', (filter, hint) => {
    const { status, scimType, detail } = refusalOf(() => parseFilter(filter));
    expect([status, scimType]).toEqual([400, 'invalidFilter']);
    expect(detail).toContain(hint);
  });

  it('refuses what is beyond the published caps', () => {
    expect(refusalOf(() => parseFilter(`a eq "${'x'.repeat(8192)}"`)).detail).toContain('at most 8192');
    expect(refusalOf(() => parseFilter(Array(51).fill('a pr').join(' or '))).detail).toContain(
      '50 comparisons',
    );
    expect(refusalOf(() => parseFilter(`${'('.repeat(21)}a pr${')'.repeat(21)}`)).detail).toContain(
      '20 levels',
    );
    expect(read(`${'('.repeat(20)}a pr${')'.repeat(20)}`)).toBe('a pr');
    expect(() => parseFilter('a pr and b pr', { maxLength: 100, maxDepth: 1, maxTerms: 1 })).toThrow(
      '1 comparisons',
    );
  });
});
