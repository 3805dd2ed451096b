import { invalidFilter } from '../errors.ts';
import { findAttribute, valueSubAttribute } from '../schema/attribute.ts';
import {
  type AttributeTarget,
  attributeTarget,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import type { FilterNode } from './ast.ts';
import { bindValue } from './bind-value.ts';
import { type BoundFilter, comparedAttribute } from './bound-filter.ts';

type Resolve = (path: string) => AttributeTarget;

/**
 * Resolves every attribute of a filter against a resource type and types every value. Throws invalidFilter for
 * an unknown attribute, an operator that its type does not know, or a value of another type (RFC 7644 §3.4.2.2).
 */
export function bindFilter(
  filter: FilterNode,
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): BoundFilter {
  return bind(filter, (path) => {
    const target = resolveAttribute(resourceType, path, tolerances);
    if (target === undefined) {
      throw invalidFilter(
        `${path} is not an attribute of ${resourceType.name}; /Schemas lists the attributes, and those of an extension need its URN in front.`,
      );
    }
    return target;
  });
}

/** Resolves the filter between the brackets of `attribute[...]`, whose paths are sub-attributes. Throws invalidFilter. */
export function bindElementFilter(filter: FilterNode, target: AttributeTarget): BoundFilter {
  const { attribute, extension } = target;
  return bind(filter, (path) => {
    const subAttribute = findAttribute(attribute.subAttributes, path);
    if (subAttribute === undefined) {
      const known = (attribute.subAttributes ?? []).map(({ name }) => name).join(', ');
      throw invalidFilter(`${path} is not a sub-attribute of ${attribute.name}; it has ${known || 'none'}.`);
    }
    return attributeTarget(attribute, extension, subAttribute);
  });
}

function bind(filter: FilterNode, resolve: Resolve): BoundFilter {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return { kind: filter.kind, operands: filter.operands.map((operand) => bind(operand, resolve)) };
    case 'not':
      return { kind: 'not', operand: bind(filter.operand, resolve) };
    case 'present':
      return { kind: 'present', target: readable(resolve(filter.path)) };
    case 'compare': {
      const target = wholeAsValue(readable(resolve(filter.path)));
      const value = bindValue(comparedAttribute(target), filter.path, filter.operator, filter.value);
      return { kind: 'compare', target, operator: filter.operator, value };
    }
    case 'valuePath':
      return bindValuePath(filter.path, filter.filter, resolve);
  }
}

function bindValuePath(path: string, filter: FilterNode, resolve: Resolve): BoundFilter {
  const target = resolve(path);
  if (target.subAttribute !== undefined || target.attribute.type !== 'complex') {
    throw invalidFilter(`${path} is not complex, so it can not be followed by [...]; compare it directly.`);
  }
  return { kind: 'valuePath', target, filter: bindElementFilter(filter, target) };
}

/** `emails eq "x"` and `manager eq "x"` mean their `value` (RFC 7644 §3.4.2.2, §3.10); Ping sends the former. */
function wholeAsValue(target: AttributeTarget): AttributeTarget {
  if (target.subAttribute !== undefined || target.attribute.type !== 'complex') return target;
  const value = valueSubAttribute(target.attribute);
  return value === undefined ? target : attributeTarget(target.attribute, target.extension, value);
}

/** A password that could be filtered could be guessed letter by letter (RFC 7643 §7, returned "never"). */
function readable(target: AttributeTarget): AttributeTarget {
  if (target.attribute.returned !== 'never') return target;
  throw invalidFilter(`${target.path} can never be read, so it can not be filtered.`);
}
