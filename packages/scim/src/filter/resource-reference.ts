import { type BoundComparison, type CompareOperator, invalidFilter } from '@rollcall/scim-protocol';
import { isResourceId } from '../addresses/resource-id.ts';

/** A reference compared with eq or ne: to whom, when the text could be one to somebody here at all. */
export interface ReferenceComparison {
  isNegated: boolean;
  id: string | undefined;
  /** The endpoint that a URI names; undefined for an id by itself. */
  endpoint?: 'users' | 'groups' | 'roles';
}

/**
 * Reads a comparison of an id, or of a URI that ends in one (`$ref`, `meta.location`). Of a URI, endpoint and id count:
 * one server has as many base URLs as ways lead to it, and another server's ids are not found here.
 *
 * @throws ScimError invalidFilter for an operator that looks into the text of an identifier
 */
export function referenceComparison(comparison: BoundComparison): ReferenceComparison {
  const { operator, value, target } = comparison;
  assertEquality(operator, target.path);
  const isNegated = operator === 'ne';
  const text = typeof value === 'string' ? value : '';
  const isUri = target.subAttribute?.name === '$ref' || target.subAttribute?.name === 'location';
  return isUri ? { isNegated, ...readUri(text) } : { isNegated, id: readId(text) };
}

function readId(text: string): string | undefined {
  return isResourceId(text) ? text.toLowerCase() : undefined;
}

function readUri(text: string): Pick<ReferenceComparison, 'id' | 'endpoint'> {
  const [id = '', endpoint = ''] = text.split('/').reverse();
  switch (endpoint.toLowerCase()) {
    case 'users':
      return { id: readId(id), endpoint: 'users' };
    case 'groups':
      return { id: readId(id), endpoint: 'groups' };
    case 'roles':
      return { id: readId(id), endpoint: 'roles' };
    default:
      return { id: undefined };
  }
}

/** Throws invalidFilter unless the operator is eq or ne. */
export function assertEquality(operator: CompareOperator, path: string): void {
  if (operator === 'eq' || operator === 'ne') return;
  throw invalidFilter(`${operator} can not be used with ${path}, an identifier; use eq, ne or pr.`);
}
