'use client';
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { personName } from '@/components/people/person-name.ts';
import type { EffectiveRole } from '@/components/roles/role-fields.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { PersonDetails } from '../api/person.ts';
import { useAccessPowers } from '../api/person-access.ts';
import { useRevokeRole } from '../api/person-grants.ts';
import { useRehearsedRevocation } from '../api/standing.ts';
import { listed, lostPermissions } from '../consequences.ts';
import { RehearsalView } from './rehearsal-view.tsx';

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

/** Takes back a role that was given by hand, after showing what the server would do then. */
export function RevokeRoleModal({ person, effective, onClose }: RevokeRoleModalProps) {
  const name = personName(person);
  const { role } = effective;
  const { ownId } = useAccessPowers();
  const { rehearsal, refusal } = useRehearsedRevocation(person.id, role.id);
  const [revoke, { loading, error }] = useRevokeRole();
  const refused = error ?? refusal;
  const lost = person.id === ownId && rehearsal ? lostPermissions(rehearsal) : [];
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
        {Boolean(refused) && <ErrorState error={refused} />}
        {!refusal && <Text>{consequence(effective, name)}</Text>}
        {lost.length > 0 && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title="This is you">
            From then on you may no longer: {listed(lost.map(({ title }) => title.toLowerCase()))}. Somebody
            else has to give the role back.
          </Alert>
        )}
        {!refusal && <RehearsalView rehearsal={rehearsal} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {refusal ? 'Close' : 'Keep it'}
          </Button>
          <Button color="red" loading={loading} disabled={!rehearsal || Boolean(refusal)} onClick={submit}>
            Take back
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
