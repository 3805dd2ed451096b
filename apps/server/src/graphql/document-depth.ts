import { apiLimits, assertInputDepth } from '@rollcall/core';
import { GraphQLError, Lexer, Source, TokenKind } from 'graphql';
import { MAX_TOKENS } from './limits.ts';

/**
 * The refusal of a document that nests too deep to be parsed: the parser calls itself for each level, and the stack has
 * an end.
 */
export function refusalOfDepth(text: unknown): GraphQLError | undefined {
  if (typeof text !== 'string' || countOpening(text) <= apiLimits.maxInputDepth) return undefined;
  try {
    assertInputDepth(deepestOf(text));
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

const countOpening = (text: string): number => text.match(/[[{]/g)?.length ?? 0;

/** The levels of the deepest value, or of the selections; what is no document the parser has to tell. */
function deepestOf(text: string): number {
  const lexer = new Lexer(new Source(text));
  let deepest = 0;
  let depth = 0;
  let around = 0;
  try {
    for (let count = 0; count <= MAX_TOKENS; count += 1) {
      const { kind } = lexer.advance();
      if (kind === TokenKind.EOF) break;
      // Values stand in parentheses, selections around them.
      if (kind === TokenKind.PAREN_L) [around, depth] = [depth, 0];
      else if (kind === TokenKind.PAREN_R) depth = around;
      else if (kind === TokenKind.BRACE_L || kind === TokenKind.BRACKET_L) depth += 1;
      else if (kind === TokenKind.BRACE_R || kind === TokenKind.BRACKET_R) depth -= 1;
      deepest = Math.max(deepest, depth);
    }
  } catch {
    // A character that begins no token.
  }
  return deepest;
}
