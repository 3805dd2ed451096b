import { notImplemented } from '@rollcall/scim-protocol';
import type { Endpoint } from '../adapter/adapter.ts';
import { notOffered } from '../adapter/not-offered.ts';
import { GetViewer } from '../callers/viewer.ts';
import type { Addressee } from '../resources/addressee.ts';

/**
 * The person whose credential the request comes with (RFC 7644 §3.11). Every answer from then on, an error too, tells
 * where that person is found for good.
 *
 * @throws ScimError 501 when the credential belongs to no person
 */
export const whoAsks: Addressee = async ({ name }, { scope: { adapter, caller, urls }, reply }) => {
  const { viewer } = await adapter.client.execute(GetViewer, {}, caller);
  if (viewer.user === null) throw notImplemented(nobody);
  reply.header('location', urls[name] + viewer.user.id);
  return viewer.user.id;
};

const nobody =
  '/Me is the person whom a credential belongs to, and this one belongs to none: a SCIM token is that of a connection. Use /Users/{id}, or a token that a person issued for themselves.';

/** Whoever has a credential exists already, so there is nobody to create here. */
export const createMe: Endpoint = notOffered(
  'POST /Me is not offered: whoever has a credential exists already. Use POST /Users.',
);
