/** Whom passkeys are made for (WebAuthn): the pages of the admin. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

/** The relying party of the pages at this address. */
export function relyingPartyOf(adminUrl: string): RelyingParty {
  const { hostname, origin } = new URL(adminUrl);
  return { id: hostname, name: 'Rollcall', origin };
}
