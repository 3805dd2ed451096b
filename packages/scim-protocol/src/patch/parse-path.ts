import { invalidFilter, invalidPath, ScimError } from '../errors.ts';
import type { FilterNode } from '../filter/ast.ts';
import { bindElementFilter } from '../filter/bind.ts';
import type { BoundFilter } from '../filter/bound-filter.ts';
import { assertLength, defaultFilterLimits, FilterParser } from '../filter/parse.ts';
import { TokenReader } from '../filter/token-reader.ts';
import { FilterSyntaxError, tokenize } from '../filter/tokenize.ts';
import { isReference } from '../resource/element.ts';
import { findAttribute } from '../schema/attribute.ts';
import {
  type AttributeTarget,
  attributeTarget,
  type PathTolerance,
  resolveAttribute,
} from '../schema/resolve-attribute.ts';
import type { ResourceTypeDefinition } from '../schema/resource-type.ts';
import { withCanonicalIds } from './canonical-ids.ts';

/** Where a PATCH operation points: an attribute, or the elements of a multi-valued one that match. */
export interface PatchPath {
  readonly target: AttributeTarget;
  readonly filter?: BoundFilter;
}

/** Parses and resolves `attrPath / valuePath [subAttr]` (RFC 7644 §3.5.2). Throws invalidPath or invalidFilter. */
export function parsePatchPath(
  text: string,
  resourceType: ResourceTypeDefinition,
  tolerances: readonly PathTolerance[] = [],
): PatchPath {
  const { path, filter, subAttribute } = parseSyntax(text);
  const target = resolveAttribute(resourceType, path, tolerances);
  if (target === undefined) {
    throw invalidPath(
      `${path} is not an attribute of ${resourceType.name}; /Schemas lists the attributes, and those of an extension need its URN in front.`,
    );
  }
  if (filter === undefined) return { target };
  assertTakesFilter(target);
  const bound = bindElementFilter(filter, target);
  return {
    target: withSubAttribute(target, subAttribute),
    filter: isReference(target.attribute) ? withCanonicalIds(bound) : bound,
  };
}

interface PathSyntax {
  readonly path: string;
  readonly filter?: FilterNode;
  readonly subAttribute?: string;
}

function parseSyntax(text: string): PathSyntax {
  try {
    assertLength(text, defaultFilterLimits);
    const tokens = new TokenReader(tokenize(text));
    const path = tokens.expectAttributePath();
    if (!tokens.skipPunctuation('[')) {
      tokens.expectEnd();
      return { path };
    }
    const filter = new FilterParser(tokens, defaultFilterLimits).parseBracketed();
    const subAttribute = tokens.skipSubAttribute();
    tokens.expectEnd();
    return subAttribute === undefined ? { path, filter } : { path, filter, subAttribute };
  } catch (error) {
    throw asScimError(error, text);
  }
}

/** What is wrong between the brackets is a filter's error, what is wrong around them a path's (RFC 7644 §3.12). */
function asScimError(error: unknown, text: string): unknown {
  if (error instanceof ScimError || !(error instanceof FilterSyntaxError)) return error;
  return text.includes('[')
    ? invalidFilter(`in the path, ${error.message}.`)
    : invalidPath(`${error.message}.`);
}

function assertTakesFilter({ attribute, subAttribute, path }: AttributeTarget): void {
  if (attribute.multiValued && subAttribute === undefined && attribute.type === 'complex') return;
  throw invalidPath(`${path} holds a single value, so it takes no [filter]; use the path without it.`);
}

function withSubAttribute(target: AttributeTarget, name: string | undefined): AttributeTarget {
  if (name === undefined) return target;
  const subAttribute = findAttribute(target.attribute.subAttributes, name);
  if (subAttribute !== undefined) return attributeTarget(target.attribute, target.extension, subAttribute);
  throw invalidPath(`${target.attribute.name} has no sub-attribute ${name}.`);
}
