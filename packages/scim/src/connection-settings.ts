import { type GraphQLCaller, type GraphQLClient, graphql } from '@rollcall/graphql-client';
import { believedFor } from './believed-for.ts';

const GetOwnConnection = graphql(`query ScimOwnConnection { ownConnection { groupPatchAnswer } }`);

export const connectionDocuments = [GetOwnConnection];

/** What the connection of a caller is set to. */
export interface ConnectionSettings {
  /** Is a PATCH of a group answered with the group, unless the request says? */
  answersGroupPatch(caller: GraphQLCaller): Promise<boolean>;
}

/** A changed setting counts after so long. */
const BELIEVED_FOR_MS = 5_000;

/** Knows settings without asking with every request; who has no connection has those of a new one. */
export function createConnectionSettings(client: GraphQLClient): ConnectionSettings {
  return {
    answersGroupPatch: believedFor(BELIEVED_FOR_MS, async (caller) => {
      const { ownConnection } = await client.execute(GetOwnConnection, {}, caller);
      return ownConnection?.groupPatchAnswer === 'RESOURCE';
    }),
  };
}
