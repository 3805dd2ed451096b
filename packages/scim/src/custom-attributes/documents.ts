import { graphql, type ResultOf } from '@rollcall/graphql-client';

/** Tells whether definitions that are remembered still hold. */
export const GetCustomAttributesVersion = graphql(
  `query ScimCustomAttributesVersion { customAttributesVersion }`,
);

/** The attributes that the account of the caller defined. */
export const GetCustomAttributes = graphql(`query ScimCustomAttributes {
  customAttributesVersion
  customAttributes {
    schema
    name
    type
    multiValued
    required
    caseExact
    canonicalValues
    uniqueness
    description
  }
}`);

export const customAttributeDocuments = [GetCustomAttributesVersion, GetCustomAttributes];

/** One definition as the document gives it. */
export type CustomAttributeResult = ResultOf<typeof GetCustomAttributes>['customAttributes'][number];
