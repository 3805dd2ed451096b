import { changesOwnSignIn } from '../authorization/credential-powers.ts';
import type { SignedInViewer } from '../authorization/viewer.ts';
import type { Sql } from '../database/database.ts';
import type { Work } from '../database/work.ts';
import { assertWithinPowers } from '../directory/within-powers.ts';
import { DomainError, invalidInput, notFound } from '../errors/domain-error.ts';
import { recordEvent } from '../events/record-events.ts';
import { hold } from '../holds/hold.ts';
import type { Outbox } from '../mail/outbox.ts';
import type { Authorship, EventTypeName, PropertyChange } from '../model/event.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import type { User } from '../model/user.entity.ts';
import { endSessionsBegunBy } from '../sessions/end-sessions-begun-by.ts';
import { mailIdentityLinked, mailIdentityUnlinked } from '../sign-in/factor-mails.ts';
import { checkText, isBlank } from '../text/text-rules.ts';
import { isUuid } from '../text/uuid.ts';
import { stampPeople } from '../users/stamp-people.ts';
import { type IdentityLinkRecord, identityLinkColumns } from './identity-link-record.ts';

/** Who links or unlinks. */
export interface LinkScope {
  readonly work: Work;
  readonly authorship: Authorship;
  readonly viewer: SignedInViewer;
  readonly outbox: Outbox | undefined;
}

export interface LinkToMake {
  readonly userId: string;
  readonly signInConnectionId: string;
  readonly subject: string;
}

/** OpenID Connect Core 1.0 §2. */
const MAX_SUBJECT = 255;

/**
 * Says whom a subject of a provider means, and tells that person. Whoever does may do as much as they: they could sign in as the
 * subject. No token does so for its own person, whom it would sign in.
 *
 * @throws DomainError NOT_FOUND, INVALID_INPUT, ALREADY_EXISTS, FORBIDDEN
 */
export function linkIdentity(
  { work, authorship, viewer, outbox }: LinkScope,
  { userId, signInConnectionId, subject }: LinkToMake,
): Promise<{ readonly link: IdentityLinkRecord; readonly changed: boolean }> {
  if (isBlank(subject)) throw invalidInput('subject', 'is required: how the provider calls the person.');
  checkText(subject, 'subject', MAX_SUBJECT);
  return work.transaction(async (scope) => {
    const wanted = { viewer, people: [userId], usedSignInConnection: signInConnectionId };
    const held = await hold(scope, authorship.accountId, wanted);
    const person = held.person(userId, 'userId');
    const connection = held.signInConnection(signInConnectionId, 'signInConnectionId');
    await assertWithinPowers(scope, { held, viewer, field: 'userId' }, person);
    if (viewer.kind === 'TOKEN' && viewer.userId === person.id) throw changesOwnSignIn('userId');
    const made = await scope.sql
      .insertInto('identity_links')
      .values({
        account_id: person.accountId,
        sign_in_connection_id: connection.id,
        issuer: connection.issuer,
        subject,
        user_id: person.id,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning(identityLinkColumns)
      .executeTakeFirst();
    if (made === undefined)
      return { link: await asLinked(scope.sql, connection, subject, person), changed: false };
    await tell(scope.sql, authorship, {
      type: 'IDENTITY_LINKED',
      person,
      connection,
      changes: [
        { field: 'subject', before: null, after: subject },
        { field: 'rule', before: null, after: 'BY_HAND' },
      ],
    });
    await mailIdentityLinked(scope, outbox, person, { signInConnection: connection.name, subject });
    return { link: made, changed: true };
  });
}

/** The link that is there already. @throws DomainError ALREADY_EXISTS when it is to somebody else */
async function asLinked(
  db: Sql,
  { accountId, id, issuer }: SignInConnection,
  subject: string,
  person: User,
): Promise<IdentityLinkRecord> {
  const link = await db
    .selectFrom('identity_links')
    .select(identityLinkColumns)
    .where('account_id', '=', accountId)
    .where('sign_in_connection_id', '=', id)
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow();
  if (link.user_id === person.id) return link;
  throw new DomainError('ALREADY_EXISTS', 'subject: is linked to somebody else. Unlink them first.', {
    field: 'subject',
    conflictingId: link.user_id,
  });
}

export interface LinkToTakeBack {
  readonly id: string;
  /** Also the sessions that began by it; they end when it is left out. */
  readonly endSessions?: boolean | null;
}

/**
 * Takes a link back, and tells the person: the next sign-in of the subject is a first one again.
 *
 * @throws DomainError NOT_FOUND, FORBIDDEN
 */
export async function unlinkIdentity(
  { work, authorship, viewer, outbox }: LinkScope,
  { id, endSessions }: LinkToTakeBack,
): Promise<string> {
  const { accountId } = authorship;
  const found = await findLink(work.db, accountId, id);
  if (found === undefined) throw notFound('link', id);
  return work.transaction(async (scope) => {
    const wanted = { viewer, people: [found.user_id], usedSignInConnection: found.sign_in_connection_id };
    const held = await hold(scope, accountId, wanted);
    const person = held.findPerson(found.user_id);
    const connection = held.findSignInConnection(found.sign_in_connection_id);
    // Whoever links, unlinks or deletes a sign-in connection holds them, so that the link is there or not by now.
    const link = await findLink(scope.sql, accountId, id);
    if (link === undefined || person === undefined || connection === undefined) throw notFound('link', id);
    await assertWithinPowers(scope, { held, viewer, field: 'id' }, person);
    await scope.sql
      .deleteFrom('identity_links')
      .where('account_id', '=', accountId)
      .where('id', '=', link.id)
      .execute();
    const { subject } = link;
    const changes = [{ field: 'subject', before: subject, after: null }];
    await tell(scope.sql, authorship, { type: 'IDENTITY_UNLINKED', person, connection, changes });
    await mailIdentityUnlinked(scope, outbox, person, { signInConnection: connection.name, subject });
    if (endSessions !== false)
      await endSessionsBegunBy(scope.sql, authorship, viewer, {
        signInConnection: connection,
        subject,
      });
    return link.id;
  });
}

async function findLink(db: Sql, accountId: string, id: string): Promise<IdentityLinkRecord | undefined> {
  if (!isUuid(id)) return undefined;
  return db
    .selectFrom('identity_links')
    .select(identityLinkColumns)
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .executeTakeFirst();
}

interface ToldLink {
  readonly type: Extract<EventTypeName, 'IDENTITY_LINKED' | 'IDENTITY_UNLINKED'>;
  readonly person: User;
  readonly connection: SignInConnection;
  readonly changes: readonly PropertyChange[];
}

async function tell(
  db: Sql,
  authorship: Authorship,
  { type, person, connection, changes }: ToldLink,
): Promise<void> {
  await stampPeople(person.accountId, [person.id]).execute(db);
  await recordEvent(authorship, {
    type,
    subject: { type: 'USER', id: person.id, label: person.displayName ?? person.userName },
    related: { type: 'SIGN_IN_CONNECTION', id: connection.id, label: connection.name },
    changes,
  }).execute(db);
}
