import type { Member, MembershipChange } from '../idps/dialect.ts';
import { memberIds } from '../scim/resources.ts';
import type { GroupTarget, UserTarget } from './plan.ts';
import type { Session } from './session.ts';
import { resolveUserId } from './users.ts';

type TargetOf = (key: number) => UserTarget | undefined;

/** Reads the group with its members and sends what is missing or too much. Throws RequestFailed. */
export async function syncMembers(
  session: Session,
  target: GroupTarget,
  targetOf: TargetOf,
): Promise<string> {
  const id = session.groupIds.get(target.group.key);
  if (id === undefined) return 'skipped';
  const present = memberIds(await session.getResource(`/Groups/${id}`));
  const change = await membershipChange(session, target, { present, targetOf });
  if (change.added.length === 0 && change.removed.length === 0) return 'unchanged';
  for (const request of session.dialect.changeMembers(target.group, id, change)) await session.write(request);
  return 'updated';
}

async function membershipChange(
  session: Session,
  { members }: GroupTarget,
  { present, targetOf }: { present: Set<string>; targetOf: TargetOf },
): Promise<MembershipChange> {
  if (members.kind === 'change') {
    const added = await resolved(session, members.added, targetOf);
    const removed = await resolved(session, members.removed, targetOf);
    return {
      added: added.filter(({ id }) => !present.has(id)),
      removed: removed.map(({ id }) => id).filter((id) => present.has(id)),
    };
  }
  const wanted = await resolved(session, members.keys, targetOf);
  const wantedIds = new Set(wanted.map(({ id }) => id));
  // With somebody unresolved, a member who looks foreign may be the one: then nobody is removed.
  const complete = wanted.length === members.keys.length;
  return {
    added: wanted.filter(({ id }) => !present.has(id)),
    removed: complete ? [...present].filter((id) => !wantedIds.has(id)) : [],
  };
}

async function resolved(session: Session, keys: readonly number[], targetOf: TargetOf): Promise<Member[]> {
  const members: Member[] = [];
  for (const key of keys) {
    const target = targetOf(key);
    const id = target && (await resolveUserId(session, target));
    if (target !== undefined && id !== undefined) members.push({ id, userName: target.person.userName });
  }
  return members;
}
