import { resourceSchema } from '../scim/resources.ts';
import { createRequest } from '../scim/scim-request.ts';
import type { GroupTarget } from './plan.ts';
import { RequestFailed, type Session } from './session.ts';

/** Matches the group by its names, then creates it or changes what differs. Throws RequestFailed. */
export async function syncGroup(session: Session, { group, displayNames }: GroupTarget): Promise<string> {
  for (const displayName of displayNames) {
    const found = await session.findFirst(session.dialect.findGroup(displayName));
    if (found === undefined) continue;
    session.groupIds.set(group.key, found.id);
    const requests = session.dialect.updateGroup(group, found);
    for (const request of requests) await session.write(request);
    return requests.length === 0 ? 'unchanged' : 'updated';
  }
  const request = createRequest('/Groups', session.dialect.groupBody(group));
  const answer = await session.send(request);
  if (!answer.ok) throw new RequestFailed();
  session.groupIds.set(group.key, session.read(resourceSchema, request, answer).id);
  return 'created';
}
