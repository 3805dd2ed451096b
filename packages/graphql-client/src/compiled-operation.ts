import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLBoolean,
  type GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  validate,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { compileVariableCoercion } from './variable-coercion.ts';

/** A document that has become a function; it answers like graphql-js's `execute`, context first. */
export type CompiledOperation = (
  context: unknown,
  variables: Record<string, unknown>,
) => ExecutionResult | Promise<ExecutionResult>;

/** Stands for any type of a variable whose value is coerced already. */
const coercedVariable = new GraphQLScalarType({ name: 'CoercedVariable' });

/**
 * Validates a document of one operation and compiles it.
 *
 * graphql-jit cannot compile variables of a recursive input type (a filter with `and: [Filter!]` exhausts its stack)
 * and forgets the default values of input fields, so its function takes the variables as they are, coerced already.
 *
 * @throws Error naming every reason why the document does not fit the schema
 */
export function compileOperation(schema: GraphQLSchema, document: DocumentNode): CompiledOperation {
  const problems = validate(schema, document);
  if (problems.length > 0) throw new Error(describe('The document does not fit the schema', problems));
  const coerceVariables = compileVariableCoercion(schema, operationOf(document).variableDefinitions ?? []);
  const compiled = compileQuery(withCoercedVariable(schema), withCoercedVariables(document));
  if (!isCompiledQuery(compiled)) {
    throw new Error(describe('The document cannot be compiled', compiled.errors ?? []));
  }
  return (context, variables) => {
    const { coerced, errors } = coerceVariables(variables);
    return errors === undefined ? compiled.query({}, context, coerced) : { errors };
  };
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1) {
    throw new Error('The document must hold exactly one operation.');
  }
  return operation;
}

function withCoercedVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    VariableDefinition: ({ kind, variable, type }) => ({
      kind,
      variable,
      type: isTruth(type)
        ? type
        : { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coercedVariable.name } },
    }),
  });
}

/** What @include and @skip go by has to show the compiler its type. */
const isTruth = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE &&
  type.type.kind === Kind.NAMED_TYPE &&
  type.type.name.value === GraphQLBoolean.name;

function withCoercedVariable(schema: GraphQLSchema): GraphQLSchema {
  const getType = (name: string) => (name === coercedVariable.name ? coercedVariable : schema.getType(name));
  return Object.create(schema, { getType: { value: getType } });
}

function describe(what: string, problems: readonly GraphQLError[]): string {
  return `${what}: ${problems.map((problem) => problem.message).join('; ')}`;
}
