import { defineEntity } from '@mikro-orm/core';

/** Something that was good once, such as a logout token, for as long as it would be taken otherwise. */
export const UsedOnceSchema = defineEntity({
  name: 'UsedOnce',
  tableName: 'used_once',
  properties: (p) => ({
    accountId: p.uuid(),
    digest: p.text().primary(),
    expiresAt: p.datetime(),
  }),
});
