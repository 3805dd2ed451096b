import { GraphQLRequestError } from '@rollcall/graphql-client';
import type { BulkOperation, MemberChange, ResourceTypeDefinition } from '@rollcall/scim-protocol';
import type { RequestScope } from '../adapter/request-scope.ts';

/** The verbs of a type for many resources at once. */
export interface Batches {
  readonly create: Batch;
  readonly delete: Batch;
  /** Who joins and who leaves, where resources have members. */
  readonly changeMembers?: Batch;
  /** What a PATCH that succeeds is answered with in a bulk response, which shows no resource. */
  readonly patchStatus: 200 | 204;
}

/** Operations of one kind, done by one mutation. */
export interface Batch<Input = unknown> {
  /**
   * What the mutation is given for an operation.
   * @throws ScimError when the operation is not valid
   */
  plan(item: BatchItem, resourceType: ResourceTypeDefinition): Input;
  /** An outcome for each input, in order. */
  run(scope: RequestScope, inputs: readonly Input[]): Promise<Outcome[]>;
}

/** An operation that refers to ids alone. */
export interface BatchItem {
  /** Of the resource to change; empty for one to be created. */
  readonly id: string;
  readonly operation: BulkOperation;
  /** Who joins and leaves, of a PATCH that does nothing else. */
  readonly memberChange?: MemberChange | undefined;
}

/** What became of one operation. */
export type Outcome = Done | Failed;

export interface Done {
  readonly status: 200 | 201 | 204;
  readonly id: string;
}

export interface Failed {
  readonly error: unknown;
}

export const isFailed = (outcome: Outcome): outcome is Failed => 'error' in outcome;

/** Why one item of a batch was refused, in the words of the schema. */
interface ItemError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly conflictingId: string | null;
}

/** The outcome of one item: its failure is that which it would be by itself. */
export function outcomeOf(
  status: 201 | 204,
  resource: { id: string } | null,
  error: ItemError | null,
): Outcome {
  if (error !== null) return { error: toFailure(error) };
  if (resource === null) return { error: new Error('An item of a batch has neither result nor error.') };
  return { status, id: resource.id };
}

function toFailure({ code, message, field, conflictingId }: ItemError): GraphQLRequestError {
  const facts = {
    ...(field === null ? {} : { field }),
    ...(conflictingId === null ? {} : { conflictingId }),
  };
  return new GraphQLRequestError(message, { code, facts });
}
