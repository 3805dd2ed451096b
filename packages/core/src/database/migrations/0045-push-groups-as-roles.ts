import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/** The groups of a connection can be roles of their names (docs/decisions/0029-groups-as-roles.md). */
export class PushGroupsAsRoles extends Migration {
  override up(): void {
    this.addSql(columns);
    for (const name of functions) this.addSql(functionNamed(name));
  }
}

const columns = `
ALTER TABLE connections ADD COLUMN groups_as_roles boolean NOT NULL DEFAULT false;
ALTER TABLE roles ADD COLUMN group_connection_id uuid,
  ADD CONSTRAINT roles__group_connection FOREIGN KEY (account_id, group_connection_id) REFERENCES connections (account_id, id);
CREATE INDEX roles__made_by_groups ON roles (account_id, group_connection_id) WHERE group_connection_id IS NOT NULL;
`;

const functions = ['make_group_roles', 'drop_group_roles', 'hold_group_members'];
