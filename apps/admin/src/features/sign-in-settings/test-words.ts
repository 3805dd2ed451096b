import type { SignInTest } from './api/sign-in-test.ts';

type Check = SignInTest['checks'][number]['name'];

/** What each check is, as it passed or did not. */
export const checkWords: Record<Check, string> = {
  REACHED: 'The provider can be asked',
  ANSWERED: 'It sent you back and says who you are',
  TRUSTED: 'What it says is signed, fresh and meant for this sign-in',
  MEANT: 'That is somebody here',
  ACTIVE: 'They are active',
};

/** By what the person is found. */
export const foundByWords: Record<NonNullable<SignInTest['foundBy']>, string> = {
  LINK: 'is linked to this subject already',
  EXTERNAL_ID: 'has this external id in the directory; the first sign-in links them',
  VERIFIED_EMAIL: 'has this verified address as userName; the first sign-in links them',
  NONE: '',
};
