import { ApolloArmor } from '@escape.tech/graphql-armor';
import { apiLimits } from '@rollcall/core';
import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/** Most words and signs of a document; beyond them it is not even parsed. */
export const MAX_TOKENS = 5000;
const MAX_DIRECTIVES = 50;

/** The published limits as rules that every document of a client is checked against. */
export function limitRules(): ValidationRule[] {
  const { maxDepth, maxAliases, maxCost } = apiLimits;
  const armor = new ApolloArmor({
    maxDepth: { n: maxDepth, ...refusal(maxDepth) },
    maxAliases: { n: maxAliases, ...refusal(maxAliases) },
    costLimit: { maxCost, ...refusal(maxCost) },
    maxDirectives: { n: MAX_DIRECTIVES, ...refusal(MAX_DIRECTIVES) },
    // The parser counts them itself.
    maxTokens: { enabled: false },
    blockFieldSuggestion: { enabled: false },
  });
  return armor.protect().validationRules;
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
