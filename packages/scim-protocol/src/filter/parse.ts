import { isLongerThan, lengthInCharacters } from '../characters.ts';
import { invalidFilter } from '../errors.ts';
import { type FilterLiteral, type FilterNode, isCompareOperator, joinFilters } from './ast.ts';
import { TokenReader, unexpected } from './token-reader.ts';
import { FilterSyntaxError, tokenize } from './tokenize.ts';

/** The published caps of a filter; beyond them it is refused before it costs anything. */
export interface FilterLimits {
  /** Most characters. */
  readonly maxLength: number;
  /** Most levels of parentheses and brackets. */
  readonly maxDepth: number;
  /** Most comparisons. */
  readonly maxTerms: number;
}

export const defaultFilterLimits: FilterLimits = { maxLength: 8192, maxDepth: 20, maxTerms: 50 };

/** Parses a filter (RFC 7644 §3.4.2.2). Throws invalidFilter with the position of what is wrong. */
export function parseFilter(text: string, limits: FilterLimits = defaultFilterLimits): FilterNode {
  try {
    assertLength(text, limits);
    const tokens = new TokenReader(tokenize(text));
    const filter = new FilterParser(tokens, limits).parseOr();
    tokens.expectEnd();
    return filter;
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw invalidFilter(`${error.message}.`);
    throw error;
  }
}

/** Throws when a filter or path is longer than is allowed. */
export function assertLength(text: string, limits: FilterLimits): void {
  if (isLongerThan(text, limits.maxLength)) {
    throw new FilterSyntaxError(
      `it has ${lengthInCharacters(text)} characters and at most ${limits.maxLength} are allowed; split the query`,
    );
  }
}

/** Recursive descent: `or` binds weaker than `and`, `and` weaker than `not` (RFC 7644 §3.4.2.2). */
export class FilterParser {
  readonly #tokens: TokenReader;
  readonly #limits: FilterLimits;
  #depth = 0;
  #terms = 0;

  constructor(tokens: TokenReader, limits: FilterLimits) {
    this.#tokens = tokens;
    this.#limits = limits;
  }

  parseOr(): FilterNode {
    const operands = [this.#parseAnd()];
    while (this.#tokens.skipKeyword('or')) operands.push(this.#parseAnd());
    return joinFilters('or', operands);
  }

  /** Reads the filter between brackets; the opening one has been consumed. */
  parseBracketed(): FilterNode {
    const filter = this.#nested(() => this.parseOr());
    this.#tokens.expectPunctuation(']');
    return filter;
  }

  #parseAnd(): FilterNode {
    const operands = [this.#parseFactor()];
    while (this.#tokens.skipKeyword('and')) operands.push(this.#parseFactor());
    return joinFilters('and', operands);
  }

  #parseFactor(): FilterNode {
    if (this.#tokens.skipPunctuation('(')) return this.#parseGroup();
    if (this.#tokens.skipKeyword('not')) {
      this.#tokens.expectPunctuation('(');
      return { kind: 'not', operand: this.#parseGroup() };
    }
    const path = this.#tokens.expectAttributePath();
    return this.#tokens.skipPunctuation('[') ? this.#parseValuePath(path) : this.#parseTerm(path);
  }

  #parseGroup(): FilterNode {
    const filter = this.#nested(() => this.parseOr());
    this.#tokens.expectPunctuation(')');
    return filter;
  }

  /**
   * `emails[type eq "work"]`, and `emails[type eq "work"].value eq "x"`, which is outside the printed grammar
   * but is what Microsoft Entra ID sends: the comparison joins the filter between the brackets.
   */
  #parseValuePath(path: string): FilterNode {
    const filter = this.parseBracketed();
    const subAttribute = this.#tokens.skipSubAttribute();
    if (subAttribute === undefined) return { kind: 'valuePath', path, filter };
    return { kind: 'valuePath', path, filter: joinFilters('and', [filter, this.#parseTerm(subAttribute)]) };
  }

  #parseTerm(path: string): FilterNode {
    this.#terms += 1;
    if (this.#terms > this.#limits.maxTerms) {
      throw new FilterSyntaxError(
        `it has more than the ${this.#limits.maxTerms} comparisons that are allowed; split the query`,
      );
    }
    const token = this.#tokens.expectWord(`an operator after ${path}`);
    const operator = token.text.toLowerCase();
    if (operator === 'pr') return { kind: 'present', path };
    if (!isCompareOperator(operator)) {
      throw unexpected(token, 'one of eq, ne, co, sw, ew, gt, ge, lt, le, pr');
    }
    return { kind: 'compare', path, operator, value: this.#parseLiteral() };
  }

  #parseLiteral(): FilterLiteral {
    const token = this.#tokens.next('a value');
    if (token.kind === 'string') return token.value;
    if (token.kind === 'punctuation') throw unexpected(token, 'a value');
    const word = token.text.toLowerCase();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/.test(word);
    if (isNumber && Number.isFinite(Number(word))) return Number(word);
    throw unexpected(token, 'a value (text goes in double quotes)');
  }

  #nested(parse: () => FilterNode): FilterNode {
    this.#depth += 1;
    if (this.#depth > this.#limits.maxDepth) {
      throw new FilterSyntaxError(
        `it is nested deeper than the ${this.#limits.maxDepth} levels that are allowed`,
      );
    }
    const filter = parse();
    this.#depth -= 1;
    return filter;
  }
}
