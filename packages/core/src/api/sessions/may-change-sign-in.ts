import {
  credentialPowersOf,
  exceedsPowers,
  type SignInField,
} from '../../authorization/credential-powers.ts';
import { assertMeets, signedIn } from '../../authorization/viewer.ts';
import type { RequestContext } from '../request/request-context.ts';
import { permissionsOfUser } from './session.loaders.ts';

/**
 * Throws FORBIDDEN unless it is whoever asks themselves, in a session, or they may change people and the person may do no more
 * than they.
 */
export async function assertMayChangeSignInOf(
  { loaders, viewer: asking }: RequestContext,
  userId: string,
  field: SignInField,
): Promise<void> {
  const viewer = signedIn(asking);
  if (viewer.kind === 'USER' && viewer.userId === userId) return;
  assertMeets(viewer, 'users:write');
  const powers = credentialPowersOf(viewer);
  const { permissions, defaults } = await loaders.load(permissionsOfUser, userId);
  const within: ReadonlySet<string> = new Set(powers.limits ?? defaults);
  const beyond = permissions.find((permission) => !within.has(permission));
  if (beyond !== undefined) throw exceedsPowers(powers, field, beyond);
}
