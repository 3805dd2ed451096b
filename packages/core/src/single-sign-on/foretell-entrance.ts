import type { Sql } from '../database/database.ts';
import { firstPermissionBeyond } from '../directory/sign-in-change.ts';
import type { LinkRule } from '../model/sign-in-connection.entity.ts';
import { findUser } from '../users/find-users.ts';
import { findMeantPerson, findNamesake, provenEmailOf } from './find-linked-person.ts';
import type { UsedConnection } from './find-used-connection.ts';
import type { Identity } from './identity.ts';
import type { RefusedSignIn } from './refusals.ts';

/** What a sign-in would come to, if it were one. */
export interface ForetoldEntrance {
  /** Whom it means; null where somebody would be created, or nobody comes in. */
  readonly userId: string | null;
  /** By what they are found: a link that is there, or the rule that would make one. */
  readonly foundBy: 'LINK' | LinkRule | null;
  /** The userName of whoever would be created. */
  readonly creates: string | null;
  /** Why nobody would come in; null where somebody does. */
  readonly refusal: Pick<RefusedSignIn, 'reason' | 'detail'> | null;
}

/** Says what `enter` would do with an identity, and does none of it. */
export async function foretellEntrance(
  db: Sql,
  connection: UsedConnection,
  identity: Identity,
): Promise<ForetoldEntrance> {
  const meant = await findMeantPerson(db, connection, identity);
  if (meant === undefined) return foretellNewcomer(db, connection, identity);
  const { userId, newlyBy } = meant;
  const found = { userId, foundBy: newlyBy ?? 'LINK', creates: null } as const;
  const { account_id: accountId } = connection;
  const person = await findUser(db, accountId, userId, { connectionId: null, withTeams: false });
  if (person?.status !== 'ACTIVE')
    return { ...found, refusal: { reason: 'NOT_ACTIVE', detail: 'The person is not active.' } };
  const beyond =
    newlyBy === 'EXTERNAL_ID' ? await firstPermissionBeyond(db, { accountId, userId, limits: null }) : null;
  if (beyond === null) return { ...found, refusal: null };
  const detail = `The external id links nobody who may do more than the default roles, and this person has ${beyond}.`;
  return { ...found, refusal: { reason: 'NOBODY', detail } };
}

async function foretellNewcomer(
  db: Sql,
  connection: UsedConnection,
  identity: Identity,
): Promise<ForetoldEntrance> {
  const nobody = { userId: null, foundBy: null, creates: null };
  const email = await provenEmailOf(db, connection, identity);
  if (connection.jit_policy === 'DOMAIN' && email !== undefined) {
    const namesake = await findNamesake(db, connection.account_id, email);
    if (namesake === undefined)
      return { ...nobody, foundBy: connection.link_rule, creates: email, refusal: null };
  }
  return { ...nobody, refusal: { reason: 'NOBODY', detail: whyNobody(connection, identity, email) } };
}

/** Why the rule finds nobody, as far as it can be said. */
function whyNobody(
  { link_rule: rule, preset, domains }: UsedConnection,
  { externalId, verifiedEmail }: Identity,
  email: string | undefined,
): string {
  if (rule === 'NONE') return 'Nobody is linked to this subject, and the rule links nobody new.';
  if (rule === 'EXTERNAL_ID')
    return `Nobody has the external id ${externalId}${preset === 'ENTRA' ? ' (the claim oid)' : ''} in the connection whose ids are compared.`;
  if (verifiedEmail === undefined) return 'The provider does not say that it has verified an address.';
  if (email === undefined)
    return domains === null
      ? `The domain of ${verifiedEmail} is not proven in this account.`
      : `The domain of ${verifiedEmail} is none that this sign-in connection vouches for, or not proven in this account.`;
  return `Nobody who is here has the userName ${email}.`;
}
