import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Roles that follow from the groups of identity providers (docs/decisions/0021-roles-from-groups.md). Somebody may have a
 * role by hand and by several groups, so a grant has an id of its own.
 */
export class MapGroupsToRoles extends Migration {
  override up(): void {
    this.addSql(mappings);
    this.addSql(grants);
    for (const name of functions) this.addSql(functionNamed(name));
  }
}

const mappings = `
CREATE TABLE role_mappings (
  account_id uuid NOT NULL CONSTRAINT role_mappings__account REFERENCES accounts (id),
  id uuid NOT NULL,
  connection_id uuid NOT NULL,
  group_name text NOT NULL,
  team_id uuid,
  role_id uuid NOT NULL,
  ends boolean NOT NULL DEFAULT false,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  request_id text NOT NULL,
  CONSTRAINT role_mappings__id PRIMARY KEY (account_id, id),
  CONSTRAINT role_mappings__connection FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id),
  CONSTRAINT role_mappings__team FOREIGN KEY (account_id, team_id) REFERENCES teams (account_id, id) ON DELETE SET NULL (team_id),
  CONSTRAINT role_mappings__role FOREIGN KEY (account_id, role_id) REFERENCES roles (account_id, id)
);
CREATE UNIQUE INDEX role_mappings__group ON role_mappings (account_id, connection_id, fold(group_name), role_id);
CREATE INDEX role_mappings__of_team ON role_mappings (account_id, team_id) WHERE team_id IS NOT NULL;
CREATE INDEX role_mappings__of_role ON role_mappings (account_id, role_id);
`;

const grants = `
ALTER TABLE role_grants ADD COLUMN id uuid, ADD COLUMN mapping_id uuid;
UPDATE role_grants SET id = new_id();
ALTER TABLE role_grants ALTER COLUMN id SET NOT NULL, ALTER COLUMN id SET DEFAULT new_id(),
  DROP CONSTRAINT role_grants__grant,
  ADD CONSTRAINT role_grants__id PRIMARY KEY (account_id, id),
  ADD CONSTRAINT role_grants__grant UNIQUE NULLS NOT DISTINCT (account_id, user_id, role_id, source, mapping_id),
  ADD CONSTRAINT role_grants__mapping FOREIGN KEY (account_id, mapping_id) REFERENCES role_mappings (account_id, id),
  ADD CONSTRAINT role_grants__of_source CHECK ((mapping_id IS NOT NULL) = (source = 'SCIM_MAPPING'));
CREATE INDEX role_grants__of_mapping ON role_grants (account_id, mapping_id, user_id) WHERE mapping_id IS NOT NULL;
`;

const functions = ['group_names_lock', 'hold_group_members', 'keep_group_roles'];
