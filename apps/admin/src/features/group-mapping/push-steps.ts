import type { Provider } from '@/components/connections/provider-names.ts';

const generic: readonly string[] = [
  'Assign the group to the integration with Rollcall, under exactly the name that is mapped here.',
  'Have groups provisioned or pushed over SCIM, and start it once.',
];

/** What an administrator does in each identity provider to push a group, in its own words. */
export const pushSteps: Record<Provider, readonly string[]> = {
  ENTRA: [
    'Enterprise applications → your application → Users and groups → Add user/group: assign the group.',
    'Provisioning → Mappings: “Provision Microsoft Entra ID Groups” is enabled.',
    'Provision on demand pushes the group at once; otherwise it comes with the next cycle, about every 40 minutes.',
  ],
  OKTA: [
    'Applications → your app → Push Groups → Push Groups → Find groups by name.',
    'Choose the group, leave “Push group memberships immediately” on, and save.',
    'The push status turns to Active; Push now pushes it again.',
  ],
  ONELOGIN: [
    'Applications → your app → Parameters → Groups: tick “Include in User Provisioning”.',
    'Rules → Add Rule: choose the action “Set Groups in” your app, mapped from the OneLogin roles of the same name.',
    'More Actions → Reapply entitlement mappings, then approve what waits under Users.',
  ],
  JUMPCLOUD: [
    'SSO Applications → your application → Identity Management: enable “management of User Groups and Group Membership in this application”.',
    'User Groups: tick the group and save. It is pushed at once.',
  ],
  GOOGLE: [
    'Google Workspace sends people, and no groups, over SCIM. Have people sign in by SAML, for which it sends groups (SSO), or give roles by hand or by default.',
  ],
  PING: [
    'Integrations → Provisioning → Rules → the rule of the connection with Rollcall → Group provisioning: choose the group, under exactly the name that is mapped here.',
    'The rule and the connection are switched on: the group and its members then come by themselves.',
  ],
  GENERIC: generic,
};
