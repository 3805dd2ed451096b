import type { AccountWorld, Actor } from '@rollcall/testkit';
import { newTeam, setRoleSource } from './directory.ts';
import { give } from './group-roles.ts';

export interface PreviewData {
  readonly version: string;
  readonly grantCount: number;
  readonly userCount: number;
  readonly remainingAdminCount: number;
}

/** What the switch to SCIM would erase. */
export const previewOf = async (admin: Actor): Promise<PreviewData> =>
  (
    await admin.query<{ roleSourcePreview: PreviewData }>(
      '{ roleSourcePreview { version grantCount userCount remainingAdminCount } }',
    )
  ).roleSourcePreview;

/** What somebody sends who has seen the preview and typed its number. */
export async function confirmed(admin: Actor): Promise<object> {
  const { version, grantCount } = await previewOf(admin);
  return { roleSource: 'SCIM', erasedGrants: grantCount, ifVersion: version };
}

/** Has the identity provider push a group with the admin, who is an admin by it. */
export async function makeAdminByGroup({ admin, adminId, idp }: AccountWorld): Promise<void> {
  const { id: teamId } = await newTeam(idp, { memberIds: [adminId] });
  await give(admin, { teamId }, 'admin');
}

/** Confirms what is shown, and answers whatever comes. */
export const switchToScim = async (admin: Actor) =>
  admin.ask(setRoleSource.document, { input: await confirmed(admin) });
