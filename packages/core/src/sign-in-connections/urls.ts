/** Where an identity provider sends people who are to sign in here (OpenID Connect Core §4). */
export const initiateLoginUri = (adminUrl: string, id: string): string => `${adminUrl}/auth/oidc/${id}/start`;

/** Where an identity provider sends people back. */
export const redirectUri = (adminUrl: string, id: string): string => `${adminUrl}/auth/oidc/${id}/callback`;

/** Where an OpenID provider tells that it has ended sessions, without a browser (OpenID Connect Back-Channel Logout). */
export const backchannelLogoutUri = (adminUrl: string, id: string): string =>
  `${adminUrl}/auth/oidc/${id}/backchannel-logout`;

/** Where an OpenID provider sends people whom it has signed out because they signed out here. */
export const postLogoutRedirectUri = (adminUrl: string): string => `${adminUrl}/sign-in`;
