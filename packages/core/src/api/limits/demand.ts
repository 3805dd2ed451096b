import {
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isScalarType,
} from 'graphql';
import type { Requirement } from '../../authorization/permissions.ts';
import { priceOf } from '../schema/demand-prices.ts';
import { requirementOf } from '../schema/requires.ts';
import { apiLimits, limitExceeded } from './limits.ts';

/** What the value of an argument asks for. */
export interface Demand {
  /** What each field and enum value that is said needs, whatever it is combined with. */
  readonly requirements: ReadonlySet<Requirement>;
  /** How often something is compared with a value. */
  readonly comparisons: number;
  /** What the comparisons cost, and the questions whether there is anything. */
  readonly cost: number;
}

/** A part of a value that is still to be looked at. */
interface Part {
  readonly type: GraphQLInputType;
  readonly value: unknown;
  /** Of a comparison with what is around it. */
  readonly price: number;
}

/** Reads what a value really says: what is left out or null says nothing. No nesting is too deep for it. */
export function demandOf(type: GraphQLInputType, value: unknown): Demand {
  const requirements = new Set<Requirement>();
  let comparisons = 0;
  let cost = 0;
  const parts: Part[] = [{ type, value, price: 0 }];
  for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
    const known = getNullableType(part.type);
    if (isListType(known)) addItems(parts, part, known.ofType);
    else if (isEnumType(known)) addRequirement(requirements, chosenOf(known, part.value));
    else if (isInputObjectType(known)) {
      for (const { field, said } of fieldsOf(known, part.value)) {
        const price = priceOf(field) ?? part.price;
        addRequirement(requirements, field);
        parts.push({ type: field.type, value: said, price });
        if (price === 0 || !isLeafType(getNamedType(field.type))) continue;
        cost += price + (Array.isArray(said) ? said.length : 0);
        if (isCompared(field)) comparisons += 1;
      }
    }
  }
  return { requirements, comparisons, cost };
}

/** Presence, and which of a few kinds it is, are asked beside the comparisons. */
const isCompared = ({ name, type }: GraphQLInputField): boolean =>
  name !== 'isPresent' && !isEnumType(getNamedType(type));

/** Throws LIMIT_EXCEEDED when an argument compares more than is published, the same for SCIM and GraphQL. */
export function assertFewComparisons(field: string, comparisons: number): void {
  const limit = apiLimits.maxFilterComparisons;
  if (comparisons <= limit) return;
  throw limitExceeded(
    `${field}: makes ${comparisons} comparisons; at most ${limit} go in one filter. \`in\` takes many values at once.`,
    { field, limit },
  );
}

/** Can a value of this type ask for anything at all? */
export function canDemand(type: GraphQLInputType): boolean {
  const seen = new Set<unknown>();
  const asks = (named: GraphQLInputType): boolean => {
    if (seen.has(named)) return false;
    seen.add(named);
    if (isEnumType(named)) return named.getValues().some((value) => requirementOf(value) !== undefined);
    if (!isInputObjectType(named)) return false;
    return Object.values(named.getFields()).some(
      (field) => requirementOf(field) !== undefined || asks(getNamedType(field.type)),
    );
  };
  return asks(getNamedType(type));
}

function addItems(parts: Part[], { value, price }: Part, type: GraphQLInputType): void {
  // Numbers and texts say nothing by themselves, and there can be many.
  if (isScalarType(getNamedType(type))) return;
  for (const item of Array.isArray(value) ? value : [value]) parts.push({ type, value: item, price });
}

function addRequirement(
  requirements: Set<Requirement>,
  named: Parameters<typeof requirementOf>[0] | undefined,
): void {
  const requirement = named && requirementOf(named);
  if (requirement !== undefined) requirements.add(requirement);
}

const chosenOf = (type: GraphQLEnumType, value: unknown) =>
  typeof value === 'string' ? (type.getValue(value) ?? undefined) : undefined;

function fieldsOf(type: GraphQLInputObjectType, value: unknown) {
  const fields = type.getFields();
  return Object.entries(value ?? {}).flatMap(([name, said]: [string, unknown]) => {
    const field = said == null ? undefined : fields[name];
    return field === undefined ? [] : [{ field, said }];
  });
}
