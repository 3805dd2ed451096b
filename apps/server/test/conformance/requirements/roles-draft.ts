import type { Specification } from './requirement.ts';

/** draft-ietf-scim-roles-entitlements-01 (October 2025), which is no RFC yet. */
export const rolesDraft: Specification = {
  name: 'Roles draft',
  title: 'Roles and Entitlements Extension, draft-ietf-scim-roles-entitlements-01',
  requirements: [
    {
      section: '3.1',
      demands: 'ServiceProviderConfig says which of the two endpoints there are',
      shownBy: '§3.1 RolesAndEntitlements',
    },
    {
      section: '3.2',
      demands: 'A role has a value, and says whether it is supported',
      shownBy: '§3.2 Role: tells',
    },
    {
      section: '3.2',
      demands: 'An id stays the same, and comes from the server',
      shownBy: '§3.2 Role: can be read by its id',
    },
    { section: '3.2', demands: 'Roles are read-only', shownBy: '§3.2 Role: is written by nobody' },
    {
      section: '3.2',
      demands: 'limitedAssignmentsPermitted is false where there is no limit',
      shownBy: '§3.2 Role: tells',
    },
    {
      section: '3.2',
      demands: 'totalAssignmentsPermitted and totalAssignmentsUsed tell a limit',
      notApplicable: 'any number of people can have a role',
    },
    {
      section: '3.2',
      demands: 'contains and containedBy tell a hierarchy',
      notApplicable: 'no role is a part of another',
    },
    { section: '3.3', demands: 'An entitlement has a value', shownBy: '§3.3 Entitlement: is a permission' },
    {
      section: '3.3',
      demands: 'contains and containedBy tell a hierarchy',
      notApplicable: 'no permission is a part of another',
    },
    {
      section: '3.4',
      demands: 'Both schemas are in /Schemas, and both types in /ResourceTypes',
      shownBy: '§3.4 discovery',
    },
    {
      section: '3.2',
      demands: 'The schema of a role is that of the draft',
      different:
        'it has `displayName` and `description` besides, and each role says the URN `urn:okta:scim:schemas:core:1.0:Role` too: Okta reads no other. `/ResourceTypes` has the endpoint once more under it. Entitlements are not offered to Okta so, as it would give them in vain',
    },
  ],
};
