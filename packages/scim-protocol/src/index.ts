export { isLongerThan, lengthInCharacters } from './characters.ts';
export * from './date-time.ts';
export * from './errors.ts';
export * from './etag.ts';
export type { CompareOperator, FilterLiteral, FilterNode } from './filter/ast.ts';
export { bindFilter } from './filter/bind.ts';
export {
  type BoundComparison,
  type BoundFilter,
  type BoundValue,
  comparedAttribute,
} from './filter/bound-filter.ts';
export { matchesElement, matchesFilter } from './filter/match.ts';
export { defaultFilterLimits, type FilterLimits, parseFilter } from './filter/parse.ts';
export { printFilter } from './filter/print.ts';
export { fold } from './fold.ts';
export { findMember, isJsonObject, isSameJson, type JsonObject, type JsonValue, namesOf } from './json.ts';
export * from './messages/bulk.ts';
export * from './messages/bulk-operation.ts';
export * from './messages/bulk-references.ts';
export { errorResponse, toErrorResponse } from './messages/error-response.ts';
export { listResponse, type ResourcePage } from './messages/list-response.ts';
export {
  type PageLimits,
  type PageParameters,
  type PageRequest,
  parsePagination,
} from './messages/pagination.ts';
export { project } from './messages/project.ts';
export {
  defaultProjection,
  isProjected,
  maxProjectedNames,
  type Projection,
  type ProjectionParameters,
  parseProjection,
} from './messages/projection.ts';
export { parseSearchQuery, parseSearchRequest, type SearchRequest } from './messages/search-request.ts';
export { parseSorting, type SortRequest, unknownSortBy } from './messages/sorting.ts';
export { applyPatch } from './patch/apply-patch.ts';
export { type DirectUpdate, toDirectUpdate } from './patch/direct-update.ts';
export { type MemberChange, toMemberChange } from './patch/member-change.ts';
export type { PatchOperation } from './patch/operation.ts';
export { type ParsePatchOptions, parsePatchRequest } from './patch/parse-patch-request.ts';
export { patchLimits } from './patch/patch-limits.ts';
export { maxObjectMembers } from './resource/distinct-names.ts';
export { type ParseResourceOptions, parseResource } from './resource/parse-resource.ts';
export { valueLimits } from './resource/read-simple.ts';
export { referencedId } from './resource/referenced-id.ts';
export * from './schema/attribute.ts';
export { commonAttributes } from './schema/common-attributes.ts';
export { resourceTypeSchema, schemaSchema } from './schema/discovery-schemas.ts';
export { enterpriseUserSchema } from './schema/enterprise-user.ts';
export { groupSchema } from './schema/group.ts';
export { renderResourceType, renderSchema } from './schema/render-discovery.ts';
export {
  type AttributeTarget,
  findExtension,
  type PathTolerance,
  resolveAttribute,
  topLevelTargets,
} from './schema/resolve-attribute.ts';
export * from './schema/resource-type.ts';
export { entitlementSchema, oktaEntitlementSchema, oktaRoleSchema, roleSchema } from './schema/role.ts';
export { serviceProviderConfigSchema } from './schema/service-provider-config.ts';
export * from './schema/urns.ts';
export { userSchema } from './schema/user.ts';
export { mistypedEnterpriseUrn } from './tolerances/mistyped-enterprise-urn.ts';
export { rootEnterpriseAttributes } from './tolerances/root-enterprise-attributes.ts';
