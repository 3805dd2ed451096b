'use client';
import { Alert, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { personName } from '@/components/people/person-name.ts';
import type { EffectiveRole } from '@/components/roles/role-fields.ts';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { listed } from '@/lib/text/listed.ts';
import type { PersonDetails } from '../api/person.ts';
import { useAccessPowers } from '../api/person-access.ts';
import { useRevokeRole } from '../api/person-grants.ts';
import { useRehearsedRevocation } from '../api/standing.ts';
import { lostPermissions } from '../consequences.ts';
import { PersonRehearsal } from './person-rehearsal.tsx';

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
  const lost = person.id === ownId && rehearsal ? lostPermissions(rehearsal) : [];
  return (
    <ConfirmModal
      question={`Take back ${role.name}?`}
      act="Take back"
      mutation={useRevokeRole()}
      input={{ userId: person.id, roleId: role.id }}
      done={`The role ${role.name} is taken back`}
      waiting={!rehearsal}
      refusal={refusal}
      onClose={onClose}
    >
      <Text>{consequence(effective, name)}</Text>
      {lost.length > 0 && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} title="This is you">
          From then on you may no longer: {listed(lost.map(({ title }) => title.toLowerCase()))}. Somebody
          else has to give the role back.
        </Alert>
      )}
      <PersonRehearsal rehearsal={rehearsal} />
    </ConfirmModal>
  );
}
