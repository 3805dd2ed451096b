import type { AttributeValue } from '../model/user.ts';
import { isEmailAddress } from '../text/email-address.ts';
import { fold } from '../text/fold.ts';

interface Reachable {
  readonly userName: string;
  readonly emails?: readonly AttributeValue[] | null | undefined;
}

/** The e-mail address that is marked as the person's primary one, or else their first. */
export function primaryEmail({ emails }: Reachable): string | undefined {
  const email = (emails?.find(({ primary }) => primary === true) ?? emails?.[0])?.value;
  return email != null && isEmailAddress(email) ? email : undefined;
}

/** Where a person is written to: their primary e-mail address, or their userName where that is one. */
export const mailAddressOf = (person: Reachable): string | undefined =>
  primaryEmail(person) ?? (isEmailAddress(person.userName) ? person.userName : undefined);

/** Is it an address at which the person is reached now? */
export const isReachedAt = (person: Reachable, address: string): boolean =>
  [person.userName, primaryEmail(person)].some((each) => each !== undefined && fold(each) === fold(address));
