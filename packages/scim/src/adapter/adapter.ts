import type { GraphQLClient } from '@rollcall/graphql-client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownSettings } from '../callers/connection-settings.ts';
import type { UserTypes } from '../custom-attributes/user-types.ts';
import type { ScimLimits } from './limits.ts';

/** What every endpoint works with. */
export interface Adapter {
  client: GraphQLClient;
  limits: ScimLimits;
  /** What a User is, which each account decides for itself. */
  userTypes: UserTypes;
  settings: KnownSettings;
  /** The absolute address that this request's endpoints hang below, without a slash at the end. */
  baseUrlOf(request: FastifyRequest): string;
}

/** Answers one request. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => FastifyReply | Promise<FastifyReply>;

/** One operation of the protocol; it is given the adapter once and then answers requests. */
export type Endpoint = (adapter: Adapter) => Handler;
