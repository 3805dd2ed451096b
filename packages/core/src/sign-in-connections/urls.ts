/** Where an identity provider sends people who are to sign in here (OpenID Connect Core §4). */
export const initiateLoginUri = (adminUrl: string, id: string): string => `${adminUrl}/auth/oidc/${id}/start`;

/** Where an identity provider sends people back. */
export const redirectUri = (adminUrl: string, id: string): string => `${adminUrl}/auth/oidc/${id}/callback`;
