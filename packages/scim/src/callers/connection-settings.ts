import { type GraphQLCaller, type GraphQLClient, graphql } from '@rollcall/graphql-client';
import { believedFor } from './believed-for.ts';

const GetOwnConnection = graphql(
  `query ScimOwnConnection { ownConnection { groupPatchAnswer passwordSync strict } }`,
);

export const connectionDocuments = [GetOwnConnection];

/** What the connection of a caller is set to. */
export interface ConnectionSettings {
  /** Is a PATCH of a group answered with the group, unless the request says? */
  readonly answersGroupPatch: boolean;
  /** Are passwords taken? */
  readonly setsPasswords: boolean;
  /** Has nobody a password whom it manages, so that it is told of none (strict enterprise profile)? */
  readonly isStrict: boolean;
}

/** Knows the settings of whoever calls. */
export type KnownSettings = (caller: GraphQLCaller) => Promise<ConnectionSettings>;

/** A changed setting counts after so long. */
const BELIEVED_FOR_MS = 5_000;

/** Of those who come with no connection, such as a person's token. */
export const withoutConnection: ConnectionSettings = {
  answersGroupPatch: false,
  setsPasswords: true,
  isStrict: false,
};

/** Knows settings without asking with every request. */
export const createKnownSettings = (client: GraphQLClient): KnownSettings =>
  believedFor(BELIEVED_FOR_MS, async (caller) => {
    const { ownConnection } = await client.execute(GetOwnConnection, {}, caller);
    if (ownConnection === null) return withoutConnection;
    const { groupPatchAnswer, passwordSync, strict } = ownConnection;
    return {
      answersGroupPatch: groupPatchAnswer === 'RESOURCE',
      setsPasswords: passwordSync && !strict,
      isStrict: strict,
    };
  });
