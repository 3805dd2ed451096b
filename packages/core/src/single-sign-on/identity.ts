import type { SignInProtocol } from '../model/sign-in-connection.entity.ts';

/** Who somebody is as their provider says, by whatever protocol, as far as it is used here. All of it was checked. */
export interface Identity {
  readonly protocol: SignInProtocol;
  readonly issuer: string;
  readonly subject: string;
  /** The id by which the provider's directory knows the person, as SCIM has it; null where none came. */
  readonly externalId: string | null;
  /** An address that the provider says is theirs. */
  readonly verifiedEmail: string | undefined;
  readonly names: {
    readonly displayName: string | null;
    readonly givenName: string | null;
    readonly familyName: string | null;
  };
  /** The provider's own session, by which it can end ours. */
  readonly sid: string | null;
  /** By what the provider knows the session when it is to end it (`id_token_hint`); a secret. */
  readonly signOutHint: string | null;
  readonly acr: string | null;
  readonly amr: readonly string[];
  readonly authTime: Date | null;
  /** Until when the provider wants the session to go on at most. */
  readonly sessionExpiry: Date | null;
  /** Null where none are kept, or none came. */
  readonly groups: readonly string[] | null;
  /** In a sentence, why groups that the person has are not known; null where they are, or none are kept. */
  readonly groupsProblem: string | null;
  /** All that arrived as it came: claims of the token, or attributes of the assertion. */
  readonly claims: Readonly<Record<string, unknown>>;
}
