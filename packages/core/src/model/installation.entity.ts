import { defineEntity } from '@mikro-orm/core';

/** What belongs to the database as a whole, and to no account. */
export const InstallationSchema = defineEntity({
  name: 'Installation',
  tableName: 'installation',
  properties: (p) => ({
    isOnly: p.boolean().primary().default(true),
    /** The secret that cursors are sealed with. */
    cursorKey: p.blob(),
  }),
});
