'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { personName } from '@/components/people/person-name.ts';
import type { EffectiveRole } from '@/components/roles/role-fields.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { PersonDetails } from '../api/person.ts';
import { useRevokeRole } from '../api/person-grants.ts';

interface RevokeRoleModalProps {
  person: PersonDetails;
  effective: EffectiveRole;
  onClose(): void;
}

/** What becomes of the person without what was given by hand and added by sign-ins. */
function consequence({ role, because }: EffectiveRole, name: string): string {
  const groups = because.flatMap(({ mapping }) => (mapping ? [mapping.group.name] : []));
  if (groups.length > 0) return `${name} keeps the role ${role.name} by ${groups.join(' and ')}.`;
  const sent = because.flatMap(({ signIn }) => (signIn ? [signIn.group] : []));
  const again =
    sent.length > 0
      ? ` The next sign-in with ${sent.join(' or ')} adds it again, as long as that is mapped to it.`
      : '';
  return `${name} loses the role ${role.name} at once. Without any other role, the default roles count.${again}`;
}

/** Takes back a role that was given by hand. */
export function RevokeRoleModal({ person, effective, onClose }: RevokeRoleModalProps) {
  const name = personName(person);
  const { role } = effective;
  const [revoke, { loading, error }] = useRevokeRole();
  const submit = async () => {
    const input = { userId: person.id, roleId: role.id };
    // The dialog shows a refusal through `error`.
    const result = await revoke({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `The role ${role.name} is taken back` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Take back ${role.name}?`}>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Text>{consequence(effective, name)}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={loading} onClick={submit}>
            Take back
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
