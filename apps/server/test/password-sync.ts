import type { AccountWorld } from '@rollcall/testkit';

/** Has the identity provider of the account's first connection set passwords, or not. */
export async function syncPasswords(
  { admin }: AccountWorld,
  passwordSync = true,
  more: object = {},
): Promise<void> {
  const { connections } = await admin.query<{ connections: { nodes: { id: string }[] } }>(
    '{ connections { nodes { id } } }',
  );
  const input = { id: connections.nodes[0]?.id, passwordSync, ...more };
  await admin.query(
    'mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) { connection { id } } }',
    { input },
  );
}
