import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import type { SsoConnection } from '../api/sso-groups.ts';

/** The sign-in connection does not say where the groups are. */
export function NoGroupsClaim({ connection }: { connection: SsoConnection }) {
  return (
    <Alert color="yellow" variant="light" icon={<IconInfoCircle size={18} />} title="No groups are read">
      {connection.name} names no groups claim, so no group arrives and none adds a role. Set the claim of the
      sign-in connection, such as <code>groups</code>.
    </Alert>
  );
}

interface GroupsNotSentProps {
  connection: SsoConnection;
  count: number;
}

/** The provider held groups back, which is not the same as none. */
export function GroupsNotSent({ connection, count }: GroupsNotSentProps) {
  const whom = count === 1 ? 'one person' : `${count.toLocaleString('en')} people`;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle size={18} />}
      title={`The groups of ${whom} did not arrive`}
    >
      At their last sign-in {connection.name} sent none, because they are in too many. Nothing was added and
      nothing taken.{' '}
      {connection.preset === 'ENTRA' &&
        'In Entra ID, under Token configuration → Edit groups claim, choose “Groups assigned to the application”, and assign the groups that give roles.'}
    </Alert>
  );
}
