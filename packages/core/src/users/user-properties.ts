import type { AttributeInput } from '../model/custom-attribute.ts';
import type { Address, AttributeValue } from '../model/user.ts';
import type { NamePart, TextAttribute, UserAttribute } from '../model/user-attributes.ts';

/** The parts of a name; a part left out stays as it is, null clears it. */
export type PersonNameProperties = Texts<NamePart>;

/** Texts under the names of these attributes. */
type Texts<Attribute extends UserAttribute> = { -readonly [Name in Attribute['field']]?: string | null };

/** What a client can say of a user. Left out = leave as it is, null = clear. */
export interface UserProperties extends Texts<TextAttribute> {
  externalId?: string | null;
  active?: boolean | null;
  password?: string | null;
  name?: PersonNameProperties | null;
  emails?: AttributeValue[] | null;
  phoneNumbers?: AttributeValue[] | null;
  ims?: AttributeValue[] | null;
  photos?: AttributeValue[] | null;
  addresses?: Address[] | null;
  entitlements?: AttributeValue[] | null;
  directoryRoles?: AttributeValue[] | null;
  x509Certificates?: AttributeValue[] | null;
  manager?: string | null;
  /** Those named are changed, the others stay; null clears every one. */
  customAttributes?: readonly AttributeInput[] | null;
}

export interface NewUser extends UserProperties {
  userName: string;
  /** Is the person to be created without a password when theirs is refused? */
  passwordOptional?: boolean | null;
  /** Why the password that came with the person is not kept, which the event tells. */
  refusedPassword?: string;
}

export interface UserChanges extends UserProperties {
  userName?: string | null;
}
