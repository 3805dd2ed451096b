import {
  type CodesRecord,
  findCodesOf,
  findPasskeysOf,
  type PasskeyRecord,
} from '../../second-factors/find-second-factors.ts';
import type { Load, Loaders } from '../request/loaders.ts';
import { type SecondFactorsObject, toSecondFactors } from './second-factor.type.ts';

const codesOfUser: Load<CodesRecord | undefined> = ({ db, accountId }, ids) =>
  findCodesOf(db, accountId, ids);

const passkeysOfUser: Load<readonly PasskeyRecord[]> = ({ db, accountId }, ids) =>
  findPasskeysOf(db, accountId, ids);

/** The second factors of a person; two statements for however many people. */
export async function loadSecondFactors(loaders: Loaders, userId: string): Promise<SecondFactorsObject> {
  const [codes, passkeys] = await Promise.all([
    loaders.load(codesOfUser, userId),
    loaders.load(passkeysOfUser, userId),
  ]);
  return toSecondFactors(codes, passkeys);
}
