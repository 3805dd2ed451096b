import { Ctx, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { type ErrorCode, errorCodes } from '../../errors/domain-error.ts';
import type { RequestContext } from '../request/request-context.ts';
import { ErrorCodeEnum } from '../schema/error-code.type.ts';
import { Requires } from '../schema/requires.ts';

@ObjectType({ description: 'A code of `extensions.code`, and what it means.', simpleResolvers: true })
class ErrorCodeDescription {
  @Field(() => ErrorCodeEnum, { description: 'The code.' })
  code!: string;
  @Field(() => String, { description: 'What it means, and what to do.' })
  description!: string;
}

@ObjectType({ description: 'What a request may ask for at most.', simpleResolvers: true })
class Limits {
  @Field(() => Int, { description: 'How deep a document may nest.' })
  maxDepth!: number;
  @Field(() => Int, { description: 'How many aliases a document may have.' })
  maxAliases!: number;
  @Field(() => Int, { description: 'How much a document may cost, by its fields, depth and filters.' })
  maxCost!: number;
  @Field(() => Int, { description: 'How many bytes a request may have.' })
  maxBodyBytes!: number;
  @Field(() => Int, { description: 'How long a page is when nothing is said.' })
  defaultPageSize!: number;
  @Field(() => Int, { description: 'How long a page may be.' })
  maxPageSize!: number;
  @Field(() => Int, { description: 'How many comparisons one filter may make; `isPresent` is none.' })
  maxFilterComparisons!: number;
  @Field(() => Int, {
    description: 'How many levels of lists and objects the value of an argument may have.',
  })
  maxInputDepth!: number;
  @Field(() => Int, { description: 'Of how many ids something can be read at once.' })
  maxIds!: number;
  @Field(() => Int, { description: 'How many items a batch may have.' })
  maxBatchSize!: number;
  @Field(() => Int, { description: 'How many subscriptions a WebSocket may have.' })
  maxSubscriptionsPerSocket!: number;
  @Field(() => Int, {
    description: 'How many subscriptions may be open with a credential, on all its sockets.',
  })
  maxSubscriptionsPerCredential!: number;
  @Field(() => Int, { description: 'How many subscriptions an account may have at a process of the server.' })
  maxSubscriptionsPerAccount!: number;
  @Field(() => Int, { description: 'How many WebSockets may be open with a credential.' })
  maxSocketsPerCredential!: number;
}

@ObjectType({ description: 'What this installation can do.', simpleResolvers: true })
class Features {
  @Field(() => Boolean, {
    description: 'Does it send mails? Without them nobody is sent a link to set their password.',
  })
  mail!: boolean;
}

@Resolver()
export class FactsResolver {
  @Query(() => [ErrorCodeDescription], {
    description: 'Every code that `extensions.code` of an error can have.',
  })
  @Requires('anyone')
  errorCodes(): ErrorCodeDescription[] {
    return (Object.keys(errorCodes) as ErrorCode[]).map((code) => ({ code, description: errorCodes[code] }));
  }

  @Query(() => Limits, { description: 'What a request may ask for at most.' })
  @Requires('anyone')
  limits(@Ctx() { platform }: RequestContext): Limits {
    return platform.limits;
  }

  @Query(() => Features, { description: 'What this installation can do.' })
  @Requires('anyone')
  features(@Ctx() { platform }: RequestContext): Features {
    return { mail: platform.outbox !== undefined };
  }
}
