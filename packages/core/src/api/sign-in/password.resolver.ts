import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { accountOf, signedIn } from '../../authorization/viewer.ts';
import { invalidInput } from '../../errors/domain-error.ts';
import { changePassword } from '../../sign-in/change-password.ts';
import { requestPasswordReset } from '../../sign-in/request-password-reset.ts';
import { outboxOf } from '../../sign-in/reset-links.ts';
import { resetPassword } from '../../sign-in/reset-password.ts';
import { sendPasswordReset } from '../../sign-in/send-password-reset.ts';
import { findUser } from '../../users/find-users.ts';
import { authorshipOf, type MutationContext } from '../request/request-context.ts';
import { Requires } from '../schema/requires.ts';
import { toUser } from '../users/user.type.ts';
import {
  ChangePasswordInput,
  ChangePasswordPayload,
  RequestPasswordResetInput,
  RequestPasswordResetPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
  SendPasswordResetInput,
  SendPasswordResetPayload,
} from './password.types.ts';

@Resolver()
export class PasswordResolver {
  @Mutation(() => RequestPasswordResetPayload, {
    description:
      'Sends a link to set a password to whoever has the e-mail address, also to who never had one. The answer does not tell whether there is somebody.',
  })
  @Requires('anyone')
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: 'Who.' }) input: RequestPasswordResetInput,
    @Ctx() context: MutationContext,
  ): Promise<RequestPasswordResetPayload> {
    const { work, platform, requestId } = context;
    const scope = { work, attempts: platform.database.sql, outbox: outboxOf(platform), requestId };
    context.accounts = await requestPasswordReset(scope, input.email);
    return { accepted: true };
  }

  @Mutation(() => SendPasswordResetPayload, {
    description: 'Sends a person a link to set their password, such as for their first sign-in.',
  })
  @Requires('users:write')
  async sendPasswordReset(
    @Arg('input', () => SendPasswordResetInput, { description: 'To whom.' }) input: SendPasswordResetInput,
    @Ctx() context: MutationContext,
  ): Promise<SendPasswordResetPayload> {
    const { work, platform, viewer } = context;
    const scope = {
      work,
      authorship: authorshipOf(context),
      viewer: signedIn(viewer),
      outbox: outboxOf(platform),
    };
    const { userId, address } = await sendPasswordReset(scope, input.userId);
    const user = await findUser(context.db, accountOf(viewer), userId, {
      connectionId: null,
      withTeams: false,
    });
    if (user === undefined) throw new Error('Who was just sent a link is gone.');
    return { user: toUser(user), address };
  }

  @Mutation(() => ResetPasswordPayload, {
    description:
      'Sets the password of whoever was sent the link, and ends all their sessions. A link works once.',
  })
  @Requires('anyone')
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: 'The link and the password.' })
    input: ResetPasswordInput,
    @Ctx() context: MutationContext,
  ): Promise<ResetPasswordPayload> {
    const { work, platform, requestId, address } = context;
    const { accountId, userName } = await resetPassword(
      { work, outbox: platform.outbox, requestId, address },
      input,
    );
    context.accounts = [accountId];
    return { userName };
  }

  @Mutation(() => ChangePasswordPayload, {
    description: 'Changes the password of whoever is signed in, and ends their other sessions.',
  })
  @Requires('signed-in')
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: 'The present password and the new one.' })
    input: ChangePasswordInput,
    @Ctx() context: MutationContext,
  ): Promise<ChangePasswordPayload> {
    const { work, platform, requestId, address, viewer } = context;
    if (viewer.kind !== 'USER')
      throw invalidInput('authorization', 'is no session. Only a person who signed in has a password.');
    const { outbox, database } = platform;
    const scope = { work, attempts: database.sql, outbox, requestId, address, viewer };
    await changePassword(scope, input);
    return { changed: true };
  }
}
