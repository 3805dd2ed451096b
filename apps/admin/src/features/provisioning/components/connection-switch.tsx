import { Switch, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Connection, useUpdateConnection } from '../api/connections.ts';

/** A setting of a connection that is on or off. */
export interface ConnectionSetting {
  /** Says it in words, with the connection's name before it. */
  readonly label: string;
  readonly explanation: string;
  isOn(connection: Connection): boolean;
  /** What to change to switch it. */
  changeTo(
    on: boolean,
  ): Partial<Pick<Connection, 'passwordSync' | 'groupPatchAnswer' | 'strict' | 'groupsAsRoles'>>;
}

export const passwordSync: ConnectionSetting = {
  label: 'sets passwords',
  explanation:
    'May this identity provider set passwords? Only of people who may do no more than everybody may; never of admins.',
  isOn: (connection) => connection.passwordSync,
  changeTo: (on) => ({ passwordSync: on }),
};

export const groupsInAnswers: ConnectionSetting = {
  label: 'gets the group back',
  explanation:
    'Answer a PATCH of a group with the whole group (200) instead of no content (204)? Only for identity providers that report a 204 as a failure: all members are read with each change.',
  isOn: ({ groupPatchAnswer }) => groupPatchAnswer === 'RESOURCE',
  changeTo: (on) => ({ groupPatchAnswer: on ? 'RESOURCE' : 'NO_CONTENT' }),
};

export const strictProfile: ConnectionSetting = {
  label: 'is strict',
  explanation:
    'The strict enterprise profile: people whom it knows by an external id and groups that it pushes are changed by it alone, and nobody of it has a password here.',
  isOn: ({ strict }) => strict,
  changeTo: (on) => ({ strict: on }),
};

export const groupsAsRoles: ConnectionSetting = {
  label: 'has its groups as roles',
  explanation:
    'Does each group that it pushes have a role of its name? Such a role allows nothing until you say what, and takes the place of the default roles of everybody in the group.',
  isOn: (connection) => connection.groupsAsRoles,
  changeTo: (on) => ({ groupsAsRoles: on }),
};

/** Switches a setting of a connection. */
export function ConnectionSwitch({
  connection,
  setting: { label, explanation, isOn, changeTo },
}: {
  connection: Connection;
  setting: ConnectionSetting;
}) {
  const [updateConnection, { loading }] = useUpdateConnection();
  const change = async (on: boolean) => {
    const variables = { input: { id: connection.id, ...changeTo(on) } };
    await updateConnection({ variables }).catch(({ message }: Error) =>
      notifications.show({ color: 'red', title: 'Nothing was changed', message }),
    );
  };
  return (
    <Tooltip label={explanation} multiline maw={280}>
      <Switch
        aria-label={`${connection.name} ${label}`}
        checked={isOn(connection)}
        disabled={loading}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
    </Tooltip>
  );
}
