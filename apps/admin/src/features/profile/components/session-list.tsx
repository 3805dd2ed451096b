'use client';
import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCircleCheck, IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type OwnSession, useEndSessions } from '../api/profile.ts';

const here = { color: 'teal', icon: IconCircleCheck, label: 'This device' } as const;

function Device({ session: { device, current, address } }: { session: OwnSession }) {
  const Glyph = /iPhone|iPad|Android/.test(device) ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Group gap="sm" wrap="nowrap">
      <Glyph size={18} stroke={1.6} style={{ flexShrink: 0 }} />
      <div>
        <Group gap="xs">
          <Text fw={500}>{device}</Text>
          {current && <StateBadge look={here} />}
        </Group>
        <Text c="dimmed" size="xs">
          {address ?? 'Address unknown'}
        </Text>
      </div>
    </Group>
  );
}

/** Where somebody is signed in, and how to end it. */
export function SessionList({ sessions }: { sessions: readonly OwnSession[] }) {
  const [endSessions, { loading, error }] = useEndSessions();
  const others = sessions.filter(({ current }) => !current);
  const end = async (input: { sessionIds: string[] } | { othersOnly: true }, told: string) => {
    // A refusal is shown through `error`.
    const result = await endSessions({ variables: { input } }).catch(() => undefined);
    if (result?.data) notifications.show({ message: told });
  };
  return (
    <Section
      title="Where you are signed in"
      count={sessions.length}
      action={
        others.length > 0 && (
          <Button
            variant="default"
            size="xs"
            loading={loading}
            onClick={() => end({ othersOnly: true }, 'You are signed in on this device alone')}
          >
            End all others
          </Button>
        )
      }
    >
      <Stack gap="sm">
        {error && <ErrorState error={error} />}
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Device</Table.Th>
              <Table.Th visibleFrom="sm">Signed in</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {sessions.map((session) => (
              <Table.Tr key={session.id}>
                <Table.Td>
                  <Device session={session} />
                </Table.Td>
                <Table.Td visibleFrom="sm">
                  <TimeAgo at={session.createdAt} />
                </Table.Td>
                <Table.Td>
                  <TimeAgo at={session.lastUsedAt} />
                </Table.Td>
                <Table.Td ta="right">
                  {!session.current && (
                    <Button
                      variant="subtle"
                      color="red"
                      size="xs"
                      aria-label={`End the session on ${session.device}`}
                      onClick={() => end({ sessionIds: [session.id] }, `Signed out on ${session.device}`)}
                    >
                      End
                    </Button>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Text c="dimmed" size="xs">
          One that you don’t know? End it, and change your password.
        </Text>
      </Stack>
    </Section>
  );
}
