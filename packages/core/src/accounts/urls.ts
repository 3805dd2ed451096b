/** What an identity provider is given as the base URL of an account. */
export const scimUrl = (publicUrl: string, accountId: string): string => `${publicUrl}/scim/v2/${accountId}`;

export const graphqlUrl = (publicUrl: string): string => `${publicUrl}/graphql`;
