import type { Sql } from '../database/database.ts';
import { firstPermissionBeyond } from '../directory/sign-in-change.ts';
import { recordEvent } from '../events/record-events.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Authorship } from '../model/event.ts';
import type { LinkRule } from '../model/sign-in-connection.entity.ts';
import type { User } from '../model/user.entity.ts';
import { mailIdentityLinked } from '../sign-in/factor-mails.ts';
import { stampPeople } from '../users/stamp-people.ts';
import { findLinkedPerson, findMeantPerson } from './find-linked-person.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';
import { SignInRefused } from './refusals.ts';

/** Somebody who is held, and whom an identity was found to mean. */
export interface MeantIdentity {
  readonly connection: UsedConnection;
  readonly identity: Identity;
  readonly person: User;
}

/** Links the subject to the person whom it means by the rule, if it is not linked yet, and tells them. @throws SignInRefused */
export async function linkIfNew(
  db: Sql,
  authorship: Authorship,
  meant: MeantIdentity,
  outbox: Outbox | undefined,
): Promise<void> {
  const rule = await meantStill(db, meant);
  if (rule === undefined || !(await link(db, authorship, { ...meant, rule }))) return;
  const { connection, identity, person } = meant;
  const told = { signInConnection: connection.name, subject: identity.subject };
  await mailIdentityLinked({ sql: db }, outbox, person, told);
}

/** By which rule the person is newly meant, decided once more while they are held. */
async function meantStill(
  db: Sql,
  { connection, identity, person }: MeantIdentity,
): Promise<LinkRule | undefined> {
  const meant = await findMeantPerson(db, connection, identity);
  if (meant?.userId !== person.id) throw anotherPerson(person);
  if (meant.newlyBy !== 'EXTERNAL_ID') return meant.newlyBy;
  // Any token of the directory's connection writes external ids (docs/decisions/0012-nobody-becomes-more.md).
  const { accountId, id: userId } = person;
  const beyond = await firstPermissionBeyond(db, { accountId, userId, limits: null });
  if (beyond === null) return meant.newlyBy;
  throw new SignInRefused({
    reason: 'NOBODY',
    detail: `The external id links nobody who may do more than the default roles, and this person has ${beyond}.`,
    person,
  });
}

/** Links them, unless somebody just did. */
async function link(
  db: Sql,
  authorship: Authorship,
  { connection, identity, person, rule }: MeantIdentity & { readonly rule: LinkRule },
): Promise<boolean> {
  const { issuer, subject } = identity;
  const { account_id: accountId, id, name } = connection;
  const { numInsertedOrUpdatedRows: written } = await db
    .insertInto('identity_links')
    .values({ account_id: accountId, sign_in_connection_id: id, issuer, subject, user_id: person.id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written === 0n) {
    // Somebody signed in as the same subject at once, for whom the rule may have found another person.
    if ((await findLinkedPerson(db, connection, identity)) !== person.id) throw anotherPerson(person);
    return false;
  }
  await stampPeople(accountId, [person.id]).execute(db);
  await recordEvent(authorship, {
    type: 'IDENTITY_LINKED',
    subject: { type: 'USER', id: person.id, label: person.displayName ?? person.userName },
    related: { type: 'SIGN_IN_CONNECTION', id, label: name },
    changes: [
      { field: 'subject', before: null, after: subject },
      { field: 'rule', before: null, after: rule },
    ],
  }).execute(db);
  return true;
}

const anotherPerson = (person: User): SignInRefused =>
  new SignInRefused({
    reason: 'NOBODY',
    detail: 'Whom the subject means was changed meanwhile.',
    person,
  });
