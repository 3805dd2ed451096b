import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import Link from 'next/link';
import type { SsoConnection } from '../api/sso-groups.ts';

/** The sign-in connection does not say where the groups are, or its provider sends none. */
export function NoGroupsClaim({ connection: { id, name, preset, protocol } }: { connection: SsoConnection }) {
  const sendsNone = preset === 'GOOGLE' && protocol === 'OIDC';
  return (
    <Alert color="yellow" variant="light" icon={<IconInfoCircle size={18} />} title="No groups are read">
      {sendsNone ? (
        <>
          Google puts no groups into its tokens, so none adds a role. Have people sign in{' '}
          <Link href="/sign-in-settings/new">by SAML</Link>, for which Google sends the groups that you
          choose, or give roles by default or by hand.
        </>
      ) : (
        <>
          {name} names no groups claim, so no group arrives and none adds a role. Set the groups claim of{' '}
          <Link href={`/sign-in-settings/${id}`}>the sign-in connection</Link>, such as <code>groups</code>.
        </>
      )}
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
