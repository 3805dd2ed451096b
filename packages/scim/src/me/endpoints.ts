import { notImplemented } from '@rollcall/scim-protocol';
import type { Endpoint } from '../adapter.ts';
import { notOffered } from '../not-offered.ts';
import { resourceUrls } from '../resource-urls.ts';
import type { Addressee } from '../users/addressee.ts';
import { getUserOf } from '../users/read-users.ts';
import { deleteUserOf, patchUserOf, replaceUserOf } from '../users/write-users.ts';
import { GetViewer } from './documents.ts';

/**
 * The person whose credential the request comes with (RFC 7644 §3.11). Every answer from then on, an error too, tells
 * where that person is found for good.
 *
 * @throws ScimError 501 when the credential belongs to no person
 */
const whoAsks: Addressee = async (adapter, { request, reply, caller }) => {
  const { viewer } = await adapter.client.execute(GetViewer, {}, caller);
  if (viewer.user === null) throw notImplemented(nobody);
  reply.header('location', resourceUrls(adapter.baseUrlOf(request)).users + viewer.user.id);
  return viewer.user.id;
};

const nobody =
  '/Me is the person whom a credential belongs to, and this one belongs to none: a SCIM token is that of a connection. Use /Users/{id}, or a token that a person issued for themselves.';

export const getMe: Endpoint = getUserOf(whoAsks);
export const replaceMe: Endpoint = replaceUserOf(whoAsks);
export const patchMe: Endpoint = patchUserOf(whoAsks);
export const deleteMe: Endpoint = deleteUserOf(whoAsks);

/** Whoever has a credential exists already, so there is nobody to create here. */
export const createMe: Endpoint = notOffered(
  'POST /Me is not offered: whoever has a credential exists already. Use POST /Users.',
);
