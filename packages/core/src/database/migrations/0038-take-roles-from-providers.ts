import { Migration } from '@mikro-orm/migrations';
import { functionNamed } from '../function-named.ts';

/**
 * Roles that identity providers give to people by the attribute `roles` (docs/decisions/0024-roles-from-providers.md).
 * Whose words a person's `roles` are is known from now on; of those who are there it is whoever provisioned them.
 */
export class TakeRolesFromProviders extends Migration {
  override up(): void {
    for (const statement of [assignable, grants, words]) this.addSql(statement);
    for (const name of functions) this.addSql(functionNamed(name));
  }
}

const assignable = `
CREATE TABLE assignable_roles (
  account_id uuid NOT NULL CONSTRAINT assignable_roles__account REFERENCES accounts (id),
  connection_id uuid NOT NULL,
  role_id uuid NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  CONSTRAINT assignable_roles__id PRIMARY KEY (account_id, connection_id, role_id),
  CONSTRAINT assignable_roles__connection FOREIGN KEY (account_id, connection_id) REFERENCES connections (account_id, id),
  CONSTRAINT assignable_roles__role FOREIGN KEY (account_id, role_id) REFERENCES roles (account_id, id)
);
CREATE INDEX assignable_roles__of_role ON assignable_roles (account_id, role_id);
`;

// Nobody has a role by an identity provider that may not assign it; the two may be written in either order.
const grants = `
ALTER TABLE role_grants ADD COLUMN said_by uuid, ADD COLUMN said jsonb,
  ADD CONSTRAINT role_grants__assignable FOREIGN KEY (account_id, said_by, role_id)
    REFERENCES assignable_roles (account_id, connection_id, role_id) DEFERRABLE INITIALLY DEFERRED,
  ADD CONSTRAINT role_grants__of_said CHECK ((source = 'SCIM_ROLES') = (said_by IS NOT NULL)
    AND (said_by IS NULL) = (said IS NULL));
CREATE INDEX role_grants__of_assignable ON role_grants (account_id, said_by, role_id) WHERE said_by IS NOT NULL;
`;

const words = `
ALTER TABLE users ADD COLUMN directory_roles_by uuid,
  ADD CONSTRAINT users__directory_roles_by FOREIGN KEY (account_id, directory_roles_by) REFERENCES connections (account_id, id);
UPDATE users u SET directory_roles_by = coalesce(
    (SELECT min(x.connection_id::text)::uuid FROM user_external_ids x WHERE x.account_id = u.account_id AND x.user_id = u.id
      HAVING count(*) = 1),
    (SELECT min(c.id::text)::uuid FROM connections c WHERE c.account_id = u.account_id HAVING count(*) = 1))
  WHERE u.directory_roles IS NOT NULL;
CREATE INDEX users__directory_roles_by_connection ON users (account_id, directory_roles_by) WHERE directory_roles_by IS NOT NULL;
`;

const functions = [
  'assigned_roles_lock',
  'begin_assigned_roles',
  'role_names_in',
  'assigned_roles',
  'keep_assigned_roles',
];
