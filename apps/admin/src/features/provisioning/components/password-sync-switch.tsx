import { Switch, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Connection, useSetPasswordSync } from '../api/connections.ts';

const explanation =
  'May this identity provider set passwords? Only of people who may do no more than everybody may; never of admins.';

/** Whether a connection's identity provider may set passwords, to be switched. */
export function PasswordSyncSwitch({ connection: { id, name, passwordSync } }: { connection: Connection }) {
  const [setPasswordSync, { loading }] = useSetPasswordSync();
  const change = async (wanted: boolean) => {
    const variables = { input: { id, passwordSync: wanted } };
    await setPasswordSync({ variables }).catch(({ message }: Error) =>
      notifications.show({ color: 'red', title: 'Nothing was changed', message }),
    );
  };
  return (
    <Tooltip label={explanation} multiline maw={280}>
      <Switch
        aria-label={`${name} sets passwords`}
        checked={passwordSync}
        disabled={loading}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
    </Tooltip>
  );
}
