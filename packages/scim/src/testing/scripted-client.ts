import { type GraphQLCaller, type GraphQLClient, GraphQLRequestError } from '@rollcall/graphql-client';

/** One document as the adapter sent it. */
export interface SentDocument {
  /** Name of the operation, such as `ScimUser`. */
  operation: string;
  variables: unknown;
  headers: GraphQLCaller;
}

type Answer = object | GraphQLRequestError;

/** A client that gives prepared answers in order and remembers what it was asked. */
export interface ScriptedClient extends GraphQLClient {
  sent: SentDocument[];
}

/** Makes a client that answers with these, in this order; an error among them is thrown. */
export function scriptedClient(...answers: Answer[]): ScriptedClient {
  const sent: SentDocument[] = [];
  return {
    sent,
    prepare() {},
    async execute(document, variables, headers) {
      const [definition] = document.definitions;
      const operation = definition && 'name' in definition ? definition.name?.value : undefined;
      // An account that has defined no attributes of its own.
      if (operation === 'ScimCustomAttributesVersion') return JSON.parse('{"customAttributesVersion":null}');
      // A connection that is set as they are when they are new.
      if (operation === 'ScimOwnConnection') return JSON.parse('{"ownConnection":null}');
      sent.push({ operation: operation ?? '', variables: JSON.parse(JSON.stringify(variables)), headers });
      const answer = answers.shift();
      if (answer === undefined) throw new Error(`no answer was prepared for ${operation}`);
      if (answer instanceof GraphQLRequestError) throw answer;
      return JSON.parse(JSON.stringify(answer));
    },
  };
}

/** A failure as the schema promises it. */
export function refusal(code: string, facts: Record<string, unknown> = {}): GraphQLRequestError {
  return new GraphQLRequestError(`refused as ${code}`, { code, facts });
}
