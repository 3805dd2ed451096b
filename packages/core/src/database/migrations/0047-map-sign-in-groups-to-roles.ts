import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Roles that are added at a sign-in, by the groups that the provider sends (docs/decisions/0023-roles-by-sign-in.md). Such a
 * grant says itself what it came from, since it outlives the mapping and the sign-in connection.
 */
export class MapSignInGroupsToRoles extends Migration {
  override up(): void {
    for (const statement of [mappings, grants, arrived]) this.addSql(statement);
    // A role that a group made stays with a mapping of sign-ins to it.
    this.addSql(functionNamed('drop_group_roles'));
  }
}

const mappings = `
CREATE TABLE sso_role_mappings (
  account_id uuid NOT NULL CONSTRAINT sso_role_mappings__account REFERENCES accounts (id),
  id uuid NOT NULL,
  sign_in_connection_id uuid NOT NULL,
  group_value text NOT NULL,
  role_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  actor_kind text NOT NULL,
  actor_id uuid,
  actor_name text NOT NULL,
  request_id text NOT NULL,
  CONSTRAINT sso_role_mappings__id PRIMARY KEY (account_id, id),
  CONSTRAINT sso_role_mappings__sign_in_connection FOREIGN KEY (account_id, sign_in_connection_id)
    REFERENCES sign_in_connections (account_id, id) ON DELETE CASCADE,
  CONSTRAINT sso_role_mappings__role FOREIGN KEY (account_id, role_id) REFERENCES roles (account_id, id)
);
CREATE UNIQUE INDEX sso_role_mappings__group
  ON sso_role_mappings (account_id, sign_in_connection_id, lower(group_value COLLATE "C"), role_id);
CREATE INDEX sso_role_mappings__of_role ON sso_role_mappings (account_id, role_id);
`;

const grants = `
ALTER TABLE role_grants ADD COLUMN sign_in_connection_id uuid, ADD COLUMN sign_in_connection_name text,
  ADD COLUMN group_value text, DROP CONSTRAINT role_grants__grant,
  ADD CONSTRAINT role_grants__of_sign_in CHECK ((source = 'SSO_MAPPING') = (sign_in_connection_id IS NOT NULL
    AND sign_in_connection_name IS NOT NULL AND group_value IS NOT NULL));
CREATE UNIQUE INDEX role_grants__grant ON role_grants (account_id, user_id, role_id, source, mapping_id, sign_in_connection_id,
  lower(group_value COLLATE "C")) NULLS NOT DISTINCT;
CREATE INDEX role_grants__by_sign_in ON role_grants (account_id, sign_in_connection_id, role_id, lower(group_value COLLATE "C"))
  WHERE sign_in_connection_id IS NOT NULL;
`;

const arrived = `
ALTER TABLE identity_links ADD COLUMN groups text[], ADD COLUMN groups_at timestamptz(3),
  ADD COLUMN groups_withheld boolean NOT NULL DEFAULT false;
ALTER TABLE provider_sessions ADD COLUMN groups_withheld boolean NOT NULL DEFAULT false;
`;
