import { ApolloArmor } from '@escape.tech/graphql-armor';
import { apiLimits } from '@rollcall/core';
import type { ValidationRule } from 'graphql';

/** The published limits as rules that every document of a client is checked against. */
export function limitRules(): ValidationRule[] {
  const armor = new ApolloArmor({
    maxDepth: { n: apiLimits.maxDepth },
    maxAliases: { n: apiLimits.maxAliases },
    costLimit: { maxCost: apiLimits.maxCost },
    maxDirectives: { n: 50 },
    maxTokens: { n: 5000 },
    blockFieldSuggestion: { enabled: false },
  });
  return armor.protect().validationRules;
}
