'use client';
import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTag } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { type AssigningConnection, type UnmetRole, useCreateAssignableRole } from '../api/assigned-roles.ts';

interface UnmetRolesProps {
  connection: AssigningConnection;
  /** Chooses what may be assigned. */
  onChoose(): void;
}

const ofPeople = (count: number): string =>
  count === 1 ? 'of one person' : `of ${count.toLocaleString('en')} people`;

/** What is said in vain, and the way to have it count: a role of that name, or leave to assign the one that there is. */
function Unmet({ connection, unmet, onChoose }: UnmetRolesProps & { unmet: UnmetRole }) {
  const { said, userCount, role } = unmet;
  const name = said.display ?? said.value ?? '';
  const [create, { loading }] = useCreateAssignableRole();
  const router = useRouter();
  const make = async () => {
    const result = await create({ variables: { input: { name, assignableBy: connection.id } } }).catch(
      ({ message }: Error) => {
        notifications.show({ color: 'red', title: 'No role was created', message });
      },
    );
    if (result?.data) router.push(`/roles/${result.data.createRole.role.id}`);
  };
  return (
    <Group component="li" justify="space-between" wrap="nowrap" gap="sm">
      <Text style={{ overflowWrap: 'anywhere' }}>
        <b>{said.value ?? said.display}</b> {ofPeople(userCount)}:{' '}
        {role ? `it may not assign ${role.name}.` : 'there is no such role.'}
      </Text>
      {role ? (
        <Button variant="default" size="compact-sm" onClick={onChoose} style={{ flexShrink: 0 }}>
          Choose
        </Button>
      ) : (
        <Button
          variant="default"
          size="compact-sm"
          loading={loading}
          onClick={make}
          aria-label={`Create the role ${name}`}
          style={{ flexShrink: 0 }}
        >
          Create role
        </Button>
      )}
    </Group>
  );
}

/** What an identity provider says of people that gives them nothing. */
export function UnmetRoles({ connection, onChoose }: UnmetRolesProps) {
  const { name, unmetRoles } = connection;
  if (unmetRoles.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconTag size={18} />}
      title={`${name} asks for roles in vain`}
    >
      <Stack component="ul" gap={8} m={0} p={0} style={{ listStyle: 'none' }}>
        {unmetRoles.map((unmet) => (
          <Unmet
            key={`${unmet.said.value} ${unmet.said.display}`}
            connection={connection}
            unmet={unmet}
            onChoose={onChoose}
          />
        ))}
      </Stack>
    </Alert>
  );
}
