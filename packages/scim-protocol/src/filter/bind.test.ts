import { describe, expect, it } from 'vitest';
import { attribute } from '../schema/attribute.ts';
import { groupResourceType, userResourceType, withExtension } from '../schema/resource-type.ts';
import { ENTERPRISE_USER_SCHEMA } from '../schema/urns.ts';
import { refusalOf } from '../testing/refusal.ts';
import { rootEnterpriseAttributes } from '../tolerances/root-enterprise-attributes.ts';
import { bindFilter } from './bind.ts';
import { parseFilter } from './parse.ts';

const bind = (text: string, type = userResourceType) => bindFilter(parseFilter(text), type);

describe('bindFilter (RFC 7644 §3.4.2.2)', () => {
  it.each([
    ['USERNAME eq "x"', 'userName', 'x'],
    ['emails eq "x"', 'emails.value', 'x'],
    ['emails.type eq "work"', 'emails.type', 'work'],
    ['id eq "1"', 'id', '1'],
    ['externalId eq "e"', 'externalId', 'e'],
    ['meta.resourceType eq "User"', 'meta.resourceType', 'User'],
    ['schemas eq "urn:x"', 'schemas', 'urn:x'],
    ['active eq TRUE', 'active', true],
    ['ActiVe eq "True"', 'active', true],
    ['active ne "false"', 'active', false],
    ['nickName eq null', 'nickName', null],
    [`${ENTERPRISE_USER_SCHEMA}:manager eq "m"`, `${ENTERPRISE_USER_SCHEMA}:manager.value`, 'm'],
    [
      `${ENTERPRISE_USER_SCHEMA.toLowerCase()}:department eq "d"`,
      `${ENTERPRISE_USER_SCHEMA}:department`,
      'd',
    ],
  ])('%s compares %s', (text, path, value) => {
    expect(bind(text)).toMatchObject({ kind: 'compare', target: { path }, value });
  });

  it('compares members by their value', () => {
    expect(bind('members eq "m"', groupResourceType)).toMatchObject({ target: { path: 'members.value' } });
  });

  it('reads dates, also with the seven digits of .NET', () => {
    expect(bind('meta.lastmodified ge "2001-01-03T00:00:00.1234567Z"')).toMatchObject({
      value: new Date('2001-01-03T00:00:00.123Z'),
    });
  });

  it('resolves what is between brackets as sub-attributes', () => {
    expect(bind('emails[Type eq "work"].value co "x"')).toMatchObject({
      kind: 'valuePath',
      target: { path: 'emails' },
      filter: {
        kind: 'and',
        operands: [{ target: { path: 'emails.type' } }, { target: { path: 'emails.value' } }],
      },
    });
  });

  it('knows numbers of custom attributes', () => {
    const type = withExtension(userResourceType, {
      id: 'urn:example:custom',
      name: 'Custom',
      description: '',
      attributes: [attribute('level', '', { type: 'integer' })],
    });
    expect(bind('urn:example:custom:level gt 3', type)).toMatchObject({ operator: 'gt', value: 3 });
    expect(refusalOf(() => bind('urn:example:custom:level eq "3"', type)).detail).toContain(
      'a number without quotes',
    );
    expect(refusalOf(() => bind('urn:example:custom:level co 3', type)).detail).toContain(
      'co can not be used with urn:example:custom:level',
    );
  });

  it('takes tolerances that are opted into', () => {
    const filter = parseFilter('manager eq "m"');
    expect(bindFilter(filter, userResourceType, [rootEnterpriseAttributes])).toMatchObject({
      target: { path: `${ENTERPRISE_USER_SCHEMA}:manager.value` },
    });
  });

  it.each([
    ['nothing eq "x"', 'nothing is not an attribute of User'],
    ['manager eq "x"', 'manager is not an attribute of User'],
    ['emails[nothing eq "x"]', 'nothing is not a sub-attribute of emails'],
    ['userName[value eq "x"]', 'userName is not complex'],
    ['emails.type[value eq "x"]', 'emails.type is not complex'],
    ['name eq "x"', 'name is complex'],
    ['addresses eq "x"', 'addresses is complex'],
    ['active gt true', 'gt can not be used with active'],
    ['active co "t"', 'co can not be used with active'],
    ['x509Certificates gt "x"', 'gt can not be used with x509Certificates'],
    ['meta.created sw "2001"', 'sw can not be used with meta.created'],
    ['active eq "yes"', 'active is compared with true or false'],
    ['userName eq 5', 'userName is compared with text'],
    ['meta.created gt "yesterday"', 'meta.created needs a date and time'],
    ['meta.created gt "2026-02-30T00:00:00Z"', 'meta.created needs a date and time'],
    ['userName gt null', 'null can not be compared'],
    ['password eq "x"', 'password can never be read'],
    ['password pr', 'password can never be read'],
  ])('refuses %s', (text, hint) => {
    const { status, scimType, detail } = refusalOf(() => bind(text));
    expect([status, scimType]).toEqual([400, 'invalidFilter']);
    expect(detail).toContain(hint);
  });
});
