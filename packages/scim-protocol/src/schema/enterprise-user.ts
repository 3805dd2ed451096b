import { attribute, complexAttribute, type SchemaDefinition } from './attribute.ts';
import { ENTERPRISE_USER_SCHEMA } from './urns.ts';

/** The enterprise extension of User (RFC 7643 §4.3 and §8.7.1; manager.value is caseExact by erratum 8472). */
export const enterpriseUserSchema: SchemaDefinition = {
  id: ENTERPRISE_USER_SCHEMA,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'Identifier given by the employer, digits or letters.'),
    attribute('costCenter', 'Name of the cost center.'),
    attribute('organization', 'Name of the organization.'),
    attribute('division', 'Name of the division.'),
    attribute('department', 'Name of the department.'),
    complexAttribute('manager', "The user's manager.", [
      attribute('value', 'Identifier of the User resource of the manager.', { caseExact: true }),
      attribute('$ref', 'URI of the User resource of the manager.', {
        type: 'reference',
        referenceTypes: ['User'],
      }),
      attribute('displayName', 'Name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
};
