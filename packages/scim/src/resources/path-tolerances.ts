import { mistypedEnterpriseUrn, type PathTolerance, rootEnterpriseAttributes } from '@rollcall/scim-protocol';

/** Where clients may write attribute paths that no schema has; each says itself who does so, and where it is known from. */
export const pathTolerances: readonly PathTolerance[] = [mistypedEnterpriseUrn, rootEnterpriseAttributes];
