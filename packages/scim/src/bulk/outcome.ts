import { GraphQLRequestError } from '@rollcall/graphql-client';

/** What became of one operation. */
export type Outcome = Done | Failed;

export interface Done {
  readonly status: 200 | 201 | 204;
  readonly id: string;
}

export interface Failed {
  readonly error: unknown;
}

export function isFailed(outcome: Outcome): outcome is Failed {
  return 'error' in outcome;
}

/** Why one item of a batch was refused, in the words of the schema. */
interface ItemError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly conflictingId: string | null;
}

/** The failure of one item, as if it had been asked for alone. */
export function itemFailure({ code, message, field, conflictingId }: ItemError): Failed {
  const facts = {
    ...(field === null ? {} : { field }),
    ...(conflictingId === null ? {} : { conflictingId }),
  };
  return { error: new GraphQLRequestError(message, { code, facts }) };
}
