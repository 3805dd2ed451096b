import type { OutgoingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { describeExchange, exchange, type HttpAnswer } from './http-exchange.ts';

const errorSchema = z.looseObject({
  message: z.string(),
  extensions: z.looseObject({ code: z.string(), requestId: z.string().optional() }),
});
const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z.array(errorSchema).optional(),
  extensions: z.record(z.string(), z.unknown()).optional(),
});

export type GraphQLAnswer = z.infer<typeof answerSchema> & { readonly http: HttpAnswer };

/** Speaks GraphQL over HTTP with one set of headers. */
export interface HttpGraphQL {
  /** Any answer of the GraphQL kind. */
  ask(query: string, variables?: object, headers?: OutgoingHttpHeaders): Promise<GraphQLAnswer>;
  /** The data, checked; fails at errors. */
  query<Data>(shape: z.ZodType<Data>, query: string, variables?: object): Promise<Data>;
}

/** A client of `/graphql` at the origin. */
export function httpGraphQL(origin: string, headers: OutgoingHttpHeaders): HttpGraphQL {
  async function ask(query: string, variables: object = {}, more: OutgoingHttpHeaders = {}) {
    const request = {
      method: 'POST',
      path: '/graphql',
      headers: { 'content-type': 'application/json', ...headers, ...more },
      body: JSON.stringify({ query, variables }),
    };
    const http = await exchange(origin, request);
    try {
      return { ...answerSchema.parse(JSON.parse(http.text)), http };
    } catch (cause) {
      throw new Error(`That is no answer of GraphQL:${describeExchange(request, http)}`, { cause });
    }
  }
  return {
    ask,
    async query(shape, query, variables) {
      const { data, errors } = await ask(query, variables);
      if (errors !== undefined) throw new Error(`${query}\n→ ${JSON.stringify(errors, null, 1)}`);
      return shape.parse(data);
    },
  };
}
