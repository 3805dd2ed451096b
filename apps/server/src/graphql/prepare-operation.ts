import type { FastifyRequest } from 'fastify';
import { type ExecutionArgs, GraphQLError, getOperationAST, parse, specifiedRules, validate } from 'graphql';
import { RateLimited } from '../rate-limits/rate-limited.ts';
import { refusalOf, toGraphQLError } from './admit-operation.ts';
import { refusalOfDepth } from './document-depth.ts';
import { MAX_TOKENS } from './limits.ts';
import type { GraphQLRouteOptions } from './route-options.ts';

/** What a client sends over a WebSocket to be executed. */
export interface OperationPayload {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** Reads and checks an operation under the limits that hold for HTTP too; gives what to execute, or why not. */
export async function prepareOperation(
  { query, operationName, variables }: OperationPayload,
  request: FastifyRequest,
  { core: { schema }, limiter, schedule, validationRules }: GraphQLRouteOptions,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  try {
    await limiter.admit(request);
    await schedule(request);
    const tooDeep = refusalOfDepth(query);
    if (tooDeep !== undefined) return [tooDeep];
    const document = parse(query, { maxTokens: MAX_TOKENS });
    const problems = validate(schema, document, [...specifiedRules, ...validationRules]);
    if (problems.length > 0) return problems;
    const operation = getOperationAST(document, operationName);
    if (!operation)
      return [new GraphQLError('Say in operationName which operation of the document is meant.')];
    const refusal = await refusalOf(
      { schema, document, operation, variables: variables ?? {} },
      request,
      limiter,
    );
    return refusal === undefined ? { schema, document, operationName, variableValues: variables } : [refusal];
  } catch (error) {
    if (error instanceof RateLimited) return [toGraphQLError(error)];
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}
