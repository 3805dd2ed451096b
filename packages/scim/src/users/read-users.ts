import type { GraphQLCaller } from '@rollcall/graphql-client';
import { notFound } from '@rollcall/scim-protocol';
import type { Adapter, Endpoint } from '../adapter.ts';
import { authenticate } from '../authenticate.ts';
import { answerRead } from '../http/answer-resource.ts';
import { resourceUrls } from '../resource-urls.ts';
import { type Addressee, idInPath } from './addressee.ts';
import { GetUser, GetUserWithoutGroups, type UserResult } from './documents.ts';
import { representUser, showsGroups, userViewOf } from './represent.ts';

/** GET /Users/{id} (RFC 7644 §3.4.1). */
export const getUser: Endpoint = getUserOf(idInPath);

/** GET of the user whom the request addresses, in whichever way. */
export function getUserOf(addressee: Addressee): Endpoint {
  return (adapter) => async (request, reply) => {
    const caller = authenticate(request);
    const id = await addressee(adapter, { request, reply, caller });
    const view = await userViewOf(request, () => adapter.userTypes.of(caller));
    const user = await findUser(adapter, { id, withGroups: showsGroups(view), caller });
    return answerRead(request, reply, representUser(user, view, resourceUrls(adapter.baseUrlOf(request))));
  };
}

/** Which user is to be read, and how much of them. */
export interface UserRead {
  id: string;
  withGroups: boolean;
  caller: GraphQLCaller;
}

/**
 * Reads one user.
 * @throws ScimError 404 when there is none, or none any more
 */
export async function findUser(
  { client }: Adapter,
  { id, withGroups, caller }: UserRead,
): Promise<UserResult> {
  const { user } = withGroups
    ? await client.execute(GetUser, { id }, caller)
    : await client.execute(GetUserWithoutGroups, { id }, caller);
  if (user === null || user.status === 'DEPROVISIONED') throw notFound('User', id);
  return user;
}
