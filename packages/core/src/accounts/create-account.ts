import type { Work } from '../database/work.ts';
import { invalidInput } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { Account, type RegionName } from '../model/account.entity.ts';
import { Connection } from '../model/connection.entity.ts';
import type { Actor, Authorship } from '../model/event.ts';
import { Role, RoleGrant } from '../model/role.entity.ts';
import { User } from '../model/user.entity.ts';
import { generatePassword, hashPassword } from '../passwords/password.ts';
import { builtInRoles } from '../roles/built-in-roles.ts';
import { checkKey, checkName } from '../text/text-rules.ts';
import { newId } from '../text/uuid.ts';
import { findUser } from '../users/find-users.ts';
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

const EMAIL = /^[^\s@]+@[^\s@]+$/;

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
  const passwordDigest = await hashPassword(adminPassword);
  const account = { id: newId(), name, region, createdAt: new Date() };
  const authorship: Authorship = { accountId: account.id, actor, connectionId: null, requestId };
  const admin = {
    accountId: account.id,
    id: newId(),
    passwordDigest,
    ...adminProperties(adminEmail, adminName ?? PLACEHOLDER_NAME),
  };
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
    em.create(User, admin);
    await em.flush();
    const adminRole = roles.find(({ key }) => key === 'admin');
    if (adminRole === undefined) throw new Error('There is no built-in admin role.');
    em.create(RoleGrant, {
      accountId: account.id,
      userId: admin.id,
      roleId: adminRole.id,
      source: 'MANUAL',
      actorKind: actor.kind,
      actorId: actor.id,
      actorName: actor.name,
      requestId,
    });
    await em.flush();
    const user = { type: 'USER', id: admin.id, label: admin.displayName } as const;
    const role = { type: 'ROLE', id: adminRole.id, label: adminRole.name } as const;
    const subject = { type: 'ACCOUNT', id: account.id, label: name } as const;
    for (const event of [
      { type: 'ACCOUNT_CREATED', subject } as const,
      {
        type: 'USER_CREATED',
        subject: user,
        changes: [{ field: 'userName', before: null, after: adminEmail }],
      } as const,
      { type: 'ROLE_GRANTED', subject: user, related: role } as const,
    ]) {
      await recordEvent(authorship, event).execute(sql);
    }
    const record = await findUser(sql, account.id, admin.id, { connectionId: null, withTeams: false });
    if (record === undefined) throw new Error('The admin that was just created is not there.');
    return { account: created, admin: record, adminPassword };
  });
}

function checkNewAccount({ name, adminEmail, adminName }: NewAccount): void {
  checkName(name, 'name');
  if (!EMAIL.test(adminEmail))
    throw invalidInput('adminEmail', 'is no e-mail address, as in ada@example.com.');
  checkKey(adminEmail, 'adminEmail');
  if (adminName != null) checkName(adminName, 'adminName');
}

function adminProperties(email: string, name: string) {
  const words = name.trim().split(/\s+/);
  return {
    status: 'ACTIVE' as const,
    userName: email,
    displayName: name.trim(),
    nameFormatted: name.trim(),
    nameGivenName: words.slice(0, -1).join(' ') || name.trim(),
    nameFamilyName: words.at(-1) ?? name.trim(),
    emails: [{ value: email, type: 'work', primary: true }],
  };
}
