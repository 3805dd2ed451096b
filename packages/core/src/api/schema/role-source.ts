import type { RoleSourceName } from '../../model/account.entity.ts';
import { declareEnum } from './enums.ts';

const roleSourceDescriptions: Record<RoleSourceName, string> = {
  SSO_AND_MANUAL: 'Roles come by hand, by sign-ins, by SCIM and by default.',
  SCIM: 'Roles come by SCIM and by default alone; nobody gives or takes one by hand, and sign-ins add none.',
};
export const RoleSource = declareEnum(
  'RoleSource',
  'Where the roles of the people of an account come from.',
  roleSourceDescriptions,
);
