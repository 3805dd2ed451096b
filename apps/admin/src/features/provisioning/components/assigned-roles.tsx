'use client';
import { Badge, Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { type AssigningConnection, useAssignedRoles } from '../api/assigned-roles.ts';
import { AssignableRolesModal } from './assignable-roles-modal.tsx';
import { UnmetRoles } from './unmet-roles.tsx';

function Connection({ connection, onChoose }: { connection: AssigningConnection; onChoose(): void }) {
  const { name, assignableRoles } = connection;
  return (
    <Stack component="li" gap="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
        <Stack gap={6}>
          <Text fw={500}>{name}</Text>
          {assignableRoles.length === 0 ? (
            <Text c="dimmed">None: what it says of people gives them no role.</Text>
          ) : (
            <Group gap={6}>
              {assignableRoles.map((role) => (
                <Badge
                  key={role.id}
                  component={Link}
                  href={`/roles/${role.id}`}
                  variant="default"
                  size="lg"
                  tt="none"
                  style={{ cursor: 'pointer' }}
                >
                  {role.name}
                </Badge>
              ))}
            </Group>
          )}
        </Stack>
        <Button variant="default" onClick={onChoose} aria-label={`Choose what ${name} may assign`}>
          Choose
        </Button>
      </Group>
      <UnmetRoles connection={connection} onChoose={onChoose} />
    </Stack>
  );
}

/** Which roles each identity provider may give to people by naming them, and what it names in vain. */
export function AssignedRoles() {
  const { connections, roles, error, refetch } = useAssignedRoles();
  const [chosen, setChosen] = useState<AssigningConnection>();
  return (
    <Section title="Roles that providers assign">
      <Text c="dimmed" mb="md">
        A provider that keeps roles sends them with people, as Entra ID does with app roles. Those that you
        choose here count, by their name; nothing else does.
      </Text>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!connections && !error && <Skeleton height={80} />}
      <Stack component="ul" gap="lg" m={0} p={0} style={{ listStyle: 'none' }}>
        {connections?.map((connection) => (
          <Connection key={connection.id} connection={connection} onChoose={() => setChosen(connection)} />
        ))}
      </Stack>
      {chosen && roles && (
        <AssignableRolesModal connection={chosen} roles={roles} onClose={() => setChosen(undefined)} />
      )}
    </Section>
  );
}
