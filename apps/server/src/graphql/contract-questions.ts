import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import type { Operation } from './operation-cost.ts';

/** Does a document ask anywhere what the contract says of itself? */
export function asksForContract(document: DocumentNode): boolean {
  let asks = false;
  visit(document, {
    Field({ name }) {
      asks ||= isOfContract(name.value);
    },
  });
  return asks;
}

const isOfContract = (field: string): boolean => field === '__schema' || field === '__type';

/** The refusal of introspection to those who show no credential. */
export const contractIsForKnown = (): GraphQLError =>
  new GraphQLError(
    'Introspection needs a credential: send the header `Authorization: Bearer <token>`, or sign in.',
    { extensions: { code: 'UNAUTHENTICATED', http: { status: 401 } } },
  );

/** An error without the names that would have been right, for those who are not to read the contract. */
export function withoutSuggestions(message: string): string {
  const start = message.endsWith('?') ? message.indexOf(' Did you mean ') : -1;
  return start === -1 ? message : message.slice(0, start);
}

/** Answers what the contract says of itself; undefined for an operation that asks for anything else. */
export type ContractAnswers = (operation: Operation) => ExecutionResult | undefined;

/** Of those that tools send, there are few. */
const MAX_ANSWERS = 16;

/** Makes each answer once: the contract stays the same for as long as the process runs. */
export function contractAnswers(): ContractAnswers {
  const made = new Map<string, ExecutionResult>();
  return (operation) => {
    const text = operation.document.loc?.source.body;
    if (text === undefined || !asksForNothingElse(operation.operation)) return undefined;
    const key = JSON.stringify([text, operation.operation.name?.value, operation.variables]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const answer = executeSync({
      schema: operation.schema,
      document: operation.document,
      operationName: operation.operation.name?.value,
      variableValues: operation.variables,
    });
    if (answer.errors !== undefined) return undefined;
    if (made.size >= MAX_ANSWERS) made.delete(made.keys().next().value ?? '');
    made.set(key, answer);
    return answer;
  };
}

function asksForNothingElse({ operation, selectionSet }: OperationDefinitionNode): boolean {
  return (
    operation === 'query' &&
    selectionSet.selections.every((each) => each.kind === Kind.FIELD && each.name.value.startsWith('__')) &&
    selectionSet.selections.some((each) => each.kind === Kind.FIELD && isOfContract(each.name.value))
  );
}
