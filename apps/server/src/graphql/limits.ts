import { ApolloArmor } from '@escape.tech/graphql-armor';
import { apiLimits, assertShallow } from '@rollcall/core';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { costOf, type Operation } from './operation-cost.ts';

/** Most words and signs of a document; beyond them it is not even parsed. */
export const MAX_TOKENS = 5000;
export const MAX_DIRECTIVES = 50;

/** The published limits as rules that every document of a client is checked against. */
export function limitRules(): ValidationRule[] {
  const { maxDepth, maxAliases } = apiLimits;
  const armor = new ApolloArmor({
    maxDepth: { n: maxDepth, ...refusal(maxDepth) },
    maxAliases: { n: maxAliases, ...refusal(maxAliases) },
    maxDirectives: { n: MAX_DIRECTIVES, ...refusal(MAX_DIRECTIVES) },
    // Its rule sees no variables, and a page's length comes in one.
    costLimit: { enabled: false },
    // The parser counts them itself.
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  });
  return armor.protect().validationRules;
}

/** The refusal of an operation that costs more than it may, or says too much; to be asked when its variables are known. */
export function refusalOfCost(operation: Operation): GraphQLError | undefined {
  try {
    assertShallow(operation.variables);
    return refusalOf(Math.ceil(costOf(operation)));
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function refusalOf(cost: number): GraphQLError | undefined {
  if (cost <= apiLimits.maxCost) return undefined;
  return new GraphQLError(
    `The operation costs ${cost}, more than the ${apiLimits.maxCost} that are allowed. Ask for less at once.`,
    { extensions: { code: 'LIMIT_EXCEEDED', limit: apiLimits.maxCost } },
  );
}

/** Refuses in the words of the contract; left to itself, the rule throws through the validation. */
const refusal = (limit: number) => ({
  propagateOnRejection: false,
  onReject: [
    (context: ValidationContext | null, { message }: GraphQLError) =>
      context?.reportError(
        new GraphQLError(`${message.replace('Syntax Error: ', '')} Ask for less at once.`, {
          extensions: { code: 'LIMIT_EXCEEDED', limit },
        }),
      ),
  ],
});
