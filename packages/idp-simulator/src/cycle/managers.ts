import type { UserTarget } from './plan.ts';
import type { Session } from './session.ts';
import { resolveUserId } from './users.ts';

/** Sets the manager of a person once both exist; `targetOf` finds a colleague by key. Throws RequestFailed. */
export async function syncManager(
  session: Session,
  target: UserTarget,
  targetOf: (key: number) => UserTarget | undefined,
): Promise<string> {
  const { key, managerKey } = target.person;
  const id = session.userIds.get(key);
  if (id === undefined) return 'skipped';
  const manager = managerKey === undefined ? undefined : targetOf(managerKey);
  const wanted = manager === undefined ? undefined : await resolveUserId(session, manager);
  if (manager !== undefined && wanted === undefined) return 'skipped';
  if (session.shownManagers.get(key) === wanted) return 'unchanged';
  const current = await session.getResource(`/Users/${id}`);
  const requests = session.dialect.assignManager(current, wanted);
  for (const request of requests) await session.write(request);
  session.shownManagers.set(key, wanted);
  return requests.length === 0 ? 'unchanged' : 'updated';
}
