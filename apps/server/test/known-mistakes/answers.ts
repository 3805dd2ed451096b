import { randomUUID } from 'node:crypto';
import { isJsonObject } from '@rollcall/scim-protocol';
import { describe, expect, test } from 'vitest';
import type { ScimRequest } from '../clients/scim-client.ts';
import { GROUP, USER, unique, wholeUser } from '../conformance/samples.ts';
import { type CurrentCompany, newUser } from './subjects.ts';

export function answersMistaken(company: CurrentCompany): void {
  describe('of an answer', () => {
    const refusals: [number, () => ScimRequest][] = [
      [400, () => ({ path: '/Users?filter=nonsense' })],
      [400, () => ({ method: 'POST', path: '/Users', body: '{' })],
      [401, () => ({ path: '/Users', headers: { authorization: 'Bearer nothing' } })],
      [404, () => ({ path: `/Users/${randomUUID()}` })],
      [404, () => ({ path: '/Nothing' })],
      [415, () => ({ method: 'POST', path: '/Users', body: 'a', headers: { 'content-type': 'text/plain' } })],
    ];

    test.each(refusals)(
      'the status of an error %d is a number, or its scimType is missing',
      async (status, make) => {
        const { body } = await company().scim.expect(status, make());
        expect(body.status).toBe(String(status));
        if (make().path.includes('filter')) expect(body.scimType).toBe('invalidFilter');
      },
    );

    test.each(refusals)('an error %d comes as HTML or as plain JSON', async (status, make) => {
      const { headers } = await company().scim.expect(status, {
        ...make(),
        headers: { ...make().headers, accept: 'text/html, application/json' },
      });
      expect(headers['content-type']).toMatch(/^application\/scim\+json(;|$)/);
    });

    test.each([
      ['Users', () => ({ schemas: [USER], userName: unique('located') })],
      ['Groups', () => ({ schemas: [GROUP], displayName: unique('located') })],
    ])('a 201 of %s has no Location', async (type, body) => {
      const { scim } = company();
      const created = await scim.expect(201, { method: 'POST', path: `/${type}`, body: body() });
      expect(created.headers.location).toBe(`${scim.baseUrl}/${type}/${created.body.id}`);
      expect(created.body.meta).toMatchObject({ location: created.headers.location });
    });

    test('`attributes` drops too much, or keeps too much', async () => {
      const { scim } = company();
      const { id } = await scim.create('Users', wholeUser());
      const whole = await scim.read(`/Users/${id}`);
      const read = async (query: string) => (await scim.expect(200, { path: `/Users/${id}?${query}` })).body;
      expect(await read('attributes=emails')).toEqual({ schemas: whole.schemas, id, emails: whole.emails });
      const { emails: _emails, ...rest } = whole;
      expect(await read('excludedAttributes=emails')).toEqual(rest);
      expect(await read('excludedAttributes=emails.display')).toMatchObject({
        ...rest,
        emails: Array.isArray(whole.emails)
          ? whole.emails.map((email) =>
              isJsonObject(email) ? { value: email.value, type: email.type } : email,
            )
          : [],
      });
    });

    test('a password, which is never returned, is returned', async () => {
      const { scim } = company();
      const password = `secret ${randomUUID()}`;
      const user = await newUser(scim, { password });
      const put = { schemas: [USER], userName: user.userName, password };
      const answers = [
        await scim.send({ path: `/Users/${user.id}` }),
        await scim.send({ path: `/Users/${user.id}?attributes=password,userName` }),
        await scim.send({ method: 'PUT', path: `/Users/${user.id}`, body: put }),
        await scim.patch(`/Users/${user.id}?attributes=password`, {
          op: 'replace',
          path: 'password',
          value: password,
        }),
        await scim.send({ path: `/Users?filter=id eq "${user.id}"&attributes=password` }),
      ];
      for (const { status, text } of answers) {
        expect(status).toBe(200);
        expect(text).not.toContain('password');
        expect(text).not.toContain(password);
      }
      const refused = await scim.send({ path: `/Users?filter=password eq "${password}"` });
      expect([refused.status, refused.body.scimType]).toEqual([400, 'invalidFilter']);
    });
  });
}
