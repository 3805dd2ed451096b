import { Table, Text } from '@mantine/core';
import { IconCircleCheck, IconHourglass, IconKeyOff } from '@tabler/icons-react';
import { providerNames } from '@/components/connections/provider-names.ts';
import { Glow } from '@/components/ui/glow.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { Connection } from '../api/connections.ts';
import {
  ConnectionSwitch,
  groupsAsRoles,
  groupsInAnswers,
  passwordSync,
  strictProfile,
} from './connection-switch.tsx';

const working: StateLook = { color: 'teal', icon: IconCircleCheck, label: 'Working' };
const waiting: StateLook = { color: 'yellow', icon: IconHourglass, label: 'Waiting for the first request' };
const withoutToken: StateLook = { color: 'yellow', icon: IconKeyOff, label: 'Needs a token' };

function lookOf({ tokens, lastSeenAt }: Connection): StateLook {
  if (!tokens.some(({ status }) => status === 'ACTIVE')) return withoutToken;
  return lastSeenAt ? working : waiting;
}

/** The connections with what came through them. */
export function ConnectionTable({ connections }: { connections: readonly Connection[] }) {
  return (
    <div style={{ overflowX: 'auto' }}>
      <Table miw={900}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Name</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th ta="right">People</Table.Th>
            <Table.Th ta="right">Teams</Table.Th>
            <Table.Th>Passwords</Table.Th>
            <Table.Th>Groups as roles</Table.Th>
            <Table.Th>Groups in answers</Table.Th>
            <Table.Th>Strict</Table.Th>
            <Table.Th>Last seen</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {connections.map((connection) => (
            <Table.Tr key={connection.id}>
              <Table.Td>
                <Text fw={500}>{connection.name}</Text>
                <Text c="dimmed" size="xs">
                  {providerNames[connection.provider]}
                </Text>
              </Table.Td>
              <Table.Td>
                <StateBadge look={lookOf(connection)} />
              </Table.Td>
              <Table.Td ta="right" className="numeric">
                <Glow value={connection.userCount}>{connection.userCount.toLocaleString('en')}</Glow>
              </Table.Td>
              <Table.Td ta="right" className="numeric">
                <Glow value={connection.teamCount}>{connection.teamCount.toLocaleString('en')}</Glow>
              </Table.Td>
              <Table.Td>
                <ConnectionSwitch connection={connection} setting={passwordSync} />
              </Table.Td>
              <Table.Td>
                <ConnectionSwitch connection={connection} setting={groupsAsRoles} />
              </Table.Td>
              <Table.Td>
                <ConnectionSwitch connection={connection} setting={groupsInAnswers} />
              </Table.Td>
              <Table.Td>
                <ConnectionSwitch connection={connection} setting={strictProfile} />
              </Table.Td>
              <Table.Td>
                <TimeAgo at={connection.lastSeenAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
