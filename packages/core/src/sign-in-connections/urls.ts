import type { SignInProtocol } from '../model/sign-in-connection.entity.ts';

/** A sign-in connection as far as its addresses go. */
interface Addressed {
  readonly id: string;
  readonly protocol: SignInProtocol;
}

/** Where an identity provider sends people who are to sign in here (OpenID Connect Core §4). */
export const initiateLoginUri = (adminUrl: string, { id, protocol }: Addressed): string =>
  `${adminUrl}/auth/${protocol === 'SAML' ? 'saml' : 'oidc'}/${id}/start`;

/** Where an identity provider sends people back: the redirect URI, or the assertion consumer service of SAML. */
export const redirectUri = (adminUrl: string, { id, protocol }: Addressed): string =>
  `${adminUrl}/auth/${protocol === 'SAML' ? `saml/${id}/acs` : `oidc/${id}/callback`}`;

/** What a provider of SAML calls us, which is where our metadata are. */
export const entityId = (adminUrl: string, id: string): string => `${adminUrl}/auth/saml/${id}/metadata`;

/** Where a provider of SAML sends people whom it signs out. */
export const singleLogoutUrl = (adminUrl: string, id: string): string => `${adminUrl}/auth/saml/${id}/logout`;

/** Where an OpenID provider tells that it has ended sessions, without a browser (OpenID Connect Back-Channel Logout). */
export const backchannelLogoutUri = (adminUrl: string, id: string): string =>
  `${adminUrl}/auth/oidc/${id}/backchannel-logout`;

/** Where an OpenID provider sends people whom it has signed out because they signed out here. */
export const postLogoutRedirectUri = (adminUrl: string): string => `${adminUrl}/sign-in`;

/** Where a transmitter of security events pushes them (RFC 8935). */
export const signalsUri = (adminUrl: string, id: string): string => `${adminUrl}/auth/signals/${id}`;
