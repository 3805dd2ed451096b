import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { signedIn } from '../../authorization/viewer.ts';
import { deleteSignalStream, rotateSignalToken } from '../../shared-signals/change-signal-streams.ts';
import { type DeliveredEvent, deliverSecurityEvent } from '../../shared-signals/deliver-security-event.ts';
import {
  type SignalStreamProperties,
  type SignalStreamScope,
  setSignalStream,
} from '../../shared-signals/set-signal-stream.ts';
import { signalsUri } from '../../sign-in-connections/urls.ts';
import { assertNoRehearsal } from '../request/rehearsal-header.ts';
import {
  authorshipOf,
  forgetCredential,
  type MutationContext,
  type RequestContext,
} from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import {
  SignInConnectionObject,
  signInConnectionFromEntity,
} from '../sign-in-connections/sign-in-connection.type.ts';
import { signalStreamOf } from './signal-stream.loaders.ts';
import {
  DeleteSignalStreamInput,
  DeleteSignalStreamPayload,
  DeliverSecurityEventInput,
  DeliverSecurityEventPayload,
  RotateSignalTokenInput,
  SetSignalStreamInput,
  SignalStreamObject,
  SignalStreamPayload,
  toSignalStream,
} from './signal-stream.type.ts';

@Resolver(() => SignInConnectionObject)
export class SignalStreamResolver {
  @FieldResolver(() => SignalStreamObject, {
    nullable: true,
    description: 'The stream of security events by which access ends, where there is one.',
  })
  @Requires('sign-in:read')
  async signalStream(
    @Root() { id }: SignInConnectionObject,
    @Ctx() { loaders }: RequestContext,
  ): Promise<SignalStreamObject | null> {
    const record = await loaders.load(signalStreamOf, id);
    return record === undefined ? null : toSignalStream(record);
  }

  @FieldResolver(() => String, {
    description: 'Where a transmitter of security events pushes them.',
  })
  @Requires('sign-in:read')
  signalsUri(@Root() { id }: SignInConnectionObject, @Ctx() { platform }: RequestContext): string {
    return signalsUri(platform.adminUrl, id);
  }

  @Mutation(() => SignalStreamPayload, {
    description:
      'Sets up the stream of security events of a sign-in connection, or changes it. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async setSignalStream(
    @Arg('input', () => SetSignalStreamInput, { description: 'As it is to be.' })
    input: SignalStreamProperties,
    @Ctx() context: MutationContext,
  ): Promise<SignalStreamPayload> {
    const { connection, secret } = await setSignalStream(scopeOf(context), input);
    return { signInConnection: signInConnectionFromEntity(connection), secret };
  }

  @Mutation(() => SignalStreamPayload, {
    description:
      'Gives the transmitter of security events a new token. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async rotateSignalToken(
    @Arg('input', () => RotateSignalTokenInput, { description: 'Whose.' }) input: RotateSignalTokenInput,
    @Ctx() context: MutationContext,
  ): Promise<SignalStreamPayload> {
    const { connection, secret } = await rotateSignalToken(scopeOf(context), input);
    return { signInConnection: signInConnectionFromEntity(connection), secret };
  }

  @Mutation(() => DeleteSignalStreamPayload, {
    description: 'Ends a stream of security events. Whoever does needs every permission of the account.',
  })
  @Requires('sign-in:write')
  async deleteSignalStream(
    @Arg('input', () => DeleteSignalStreamInput, { description: 'Which.' })
    { signInConnectionId }: DeleteSignalStreamInput,
    @Ctx() context: MutationContext,
  ): Promise<DeleteSignalStreamPayload> {
    const connection = await deleteSignalStream(scopeOf(context), signInConnectionId);
    return { signInConnection: signInConnectionFromEntity(connection) };
  }

  @Mutation(() => DeliverSecurityEventPayload, {
    description:
      'Takes a security event from its transmitter, and ends what it says is over. It can not be rehearsed.',
  })
  @Requires('anyone')
  async deliverSecurityEvent(
    @Arg('input', () => DeliverSecurityEventInput, { description: 'The event.' }) input: DeliveredEvent,
    @Ctx() context: MutationContext,
  ): Promise<DeliverSecurityEventPayload> {
    assertNoRehearsal(context.rehearsal, 'what a provider tells');
    const { platform, work, requestId, address } = context;
    const { accountId, endedIds } = await deliverSecurityEvent(
      { db: platform.database.sql, work, transmitters: platform.transmitters, requestId, address },
      input,
    );
    context.accounts = [accountId];
    for (const id of endedIds) forgetCredential(context, id);
    return { accepted: true };
  }
}

const scopeOf = (context: MutationContext): SignalStreamScope => ({
  work: context.work,
  authorship: authorshipOf(context),
  viewer: signedIn(context.viewer),
  fetch: context.platform.fetch,
  sealer: context.platform.sealer,
});
