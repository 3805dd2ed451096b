import { type Resource, resourceSchema } from '../scim/resources.ts';
import { createRequest } from '../scim/scim-request.ts';
import type { UserTarget } from './plan.ts';
import { RequestFailed, type Session } from './session.ts';

/** Matches the person, then creates them or changes what differs. Throws RequestFailed. */
export async function syncUser(session: Session, target: UserTarget): Promise<string> {
  const current = await findCurrent(session, target);
  return current === undefined ? createUser(session, target) : updateUser(session, target, current);
}

/** The person by the id that is remembered, else by each name in turn. Throws RequestFailed. */
export async function findCurrent(session: Session, target: UserTarget): Promise<Resource | undefined> {
  const known = session.userIds.get(target.person.key);
  if (known !== undefined) return session.getResource(`/Users/${known}`);
  for (const userName of target.userNames) {
    const found = await session.findFirst(session.dialect.findUser(userName));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The SCIM id of a person, looked up when it was not met before. Throws RequestFailed. */
export async function resolveUserId(session: Session, target: UserTarget): Promise<string | undefined> {
  const known = session.userIds.get(target.person.key);
  if (known !== undefined) return known;
  const found = await findCurrent(session, target);
  if (found !== undefined) session.rememberUser(target.person.key, found);
  return found?.id;
}

async function createUser(session: Session, target: UserTarget): Promise<string> {
  const request = createRequest('/Users', session.dialect.userBody(target.person));
  const answer = await session.send(request);
  if (answer.ok) {
    session.rememberUser(target.person.key, session.read(resourceSchema, request, answer));
    return 'created';
  }
  if (answer.status !== 409 || answer.attempts === 1) throw new RequestFailed();
  const own = await findCurrent(session, target);
  if (own !== undefined) return updateUser(session, target, own);
  session.log.failed(request, 409, 'the server says that the user exists, but finds nobody of that name');
  throw new RequestFailed();
}

/** What was found by a search is read again by its id before it is changed, as both identity providers do. */
async function updateUser(session: Session, target: UserTarget, found: Resource): Promise<string> {
  const { person } = target;
  session.rememberUser(person.key, found);
  if (session.dialect.updateUser(person, found).length === 0) return 'unchanged';
  const current = await session.getResource(`/Users/${found.id}`);
  for (const request of session.dialect.updateUser(person, current)) await session.write(request);
  return 'updated';
}
