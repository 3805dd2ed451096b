import { defineEntity } from '@mikro-orm/core';

export const OAuthClientSchema = defineEntity({
  name: 'OAuthClient',
  tableName: 'oauth_clients',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    id: p.uuid().primary(),
    connectionId: p.uuid(),
    name: p.text(),
    /** Its public keys, as a JWK Set in JSON; null where they are fetched. */
    jwks: p.text().nullable(),
    jwksUri: p.text().nullable(),
    createdAt: p.datetime().$type<Date>().defaultRaw('now()'),
  }),
});
