import { rowsOf } from '../database/statement.ts';
import type { Work } from '../database/work.ts';
import { batchStatement } from '../directory/create-users.statements.ts';
import { toInputRow } from '../directory/input-row.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { Account, type RegionName } from '../model/account.entity.ts';
import { Connection } from '../model/connection.entity.ts';
import type { Actor, Authorship } from '../model/event.ts';
import { Role, RoleGrant } from '../model/role.entity.ts';
import { generatePassword } from '../passwords/password.ts';
import { builtInRoles } from '../roles/built-in-roles.ts';
import { isEmailAddress } from '../text/email-address.ts';
import { checkKey, checkName } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';
import type { NewUser } from '../users/user-properties.ts';
import type { UserRecord } from '../users/user-record.ts';

export interface NewAccount {
  name: string;
  region: RegionName;
  adminEmail: string;
  adminName?: string | null;
}

export interface CreatedAccount {
  readonly account: Account;
  readonly admin: UserRecord;
  readonly adminPassword: string;
}

/** Names the admin until somebody says who they are. */
const PLACEHOLDER_NAME = 'Account Admin';

/**
 * Creates an account with its built-in roles, a first connection and an admin who can sign in with the password that
 * is answered this once. Throws INVALID_INPUT.
 */
export async function createAccount(
  work: Work,
  { actor, requestId }: { readonly actor: Actor; readonly requestId: string },
  { name, region, adminEmail, adminName }: NewAccount,
): Promise<CreatedAccount> {
  checkNewAccount({ name, region, adminEmail, adminName });
  const adminPassword = generatePassword();
  const label = (adminName ?? PLACEHOLDER_NAME).trim();
  const adminRow = await toInputRow(null, { ...adminProperties(adminEmail, label), password: adminPassword });
  const account = { id: newId(), name, region, createdAt: new Date() };
  const authorship: Authorship = { accountId: account.id, actor, connectionId: null, requestId };
  return work.transaction(async ({ em, sql }) => {
    const created = em.create(Account, account);
    await em.flush();
    const roles = builtInRoles.map(({ key, permissions, ...role }) =>
      em.create(Role, {
        accountId: account.id,
        id: newId(),
        key,
        name: key,
        ...role,
        permissions: [...permissions],
      }),
    );
    em.create(Connection, {
      accountId: account.id,
      id: newId(),
      name: 'Identity provider',
      provider: 'GENERIC',
      lastSeenAt: null,
    });
    await em.flush();
    await recordEvent(authorship, {
      type: 'ACCOUNT_CREATED',
      subject: { type: 'ACCOUNT', id: account.id, label: name },
    }).execute(sql);
    const input = JSON.stringify([{ ...adminRow, position: 0 }]);
    const [admin] = await rowsOf(batchStatement({ authorship, input }), sql);
    if (admin === undefined) throw new Error('The admin was not created.');
    const adminRole = roles.find(({ key }) => key === 'admin');
    if (adminRole === undefined) throw new Error('There is no built-in admin role.');
    em.create(RoleGrant, {
      accountId: account.id,
      id: newId(),
      userId: adminRow.id,
      roleId: adminRole.id,
      source: 'MANUAL',
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      requestId,
    });
    await em.flush();
    await recordEvent(authorship, {
      type: 'ROLE_GRANTED',
      subject: { type: 'USER', id: adminRow.id, label },
      related: { type: 'ROLE', id: adminRole.id, label: adminRole.name },
    }).execute(sql);
    return { account: created, admin: admin.record, adminPassword };
  });
}

function checkNewAccount({ name, adminEmail, adminName }: NewAccount): void {
  checkName(name, 'name');
  if (!isEmailAddress(adminEmail))
    throw invalidInput('adminEmail', 'is no e-mail address, as in ada@example.com.');
  checkKey(adminEmail, 'adminEmail');
  if (adminName != null) checkName(adminName, 'adminName');
}

function adminProperties(email: string, name: string): NewUser {
  const words = name.split(/\s+/);
  return {
    userName: email,
    displayName: name,
    name: {
      formatted: name,
      givenName: words.slice(0, -1).join(' ') || name,
      familyName: words.at(-1) ?? name,
    },
    emails: [{ value: email, type: 'work', primary: true }],
  };
}
