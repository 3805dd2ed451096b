'use client';
import { Anchor, Group, Table, Text } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { enumWords } from '@/components/events/value-words.ts';
import { rowClass } from '@/components/ui/list-table.tsx';
import { StateBadge } from '@/components/ui/state-badge.tsx';
import type { SignInConnection } from '../api/sign-in-connections.ts';
import { presets } from '../presets.ts';
import { connectionLook, warningsOf } from './connection-looks.ts';

function ConnectionRow({ connection }: { connection: SignInConnection }) {
  const { id, name, preset, issuer, linkRule, jitPolicy, linkCount, enabled } = connection;
  const router = useRouter();
  const path = `/sign-in-settings/${id}`;
  return (
    <Table.Tr className={rowClass} onClick={() => router.push(path)}>
      <Table.Td>
        <Anchor component={Link} href={path} size="sm" fw={500} c="inherit">
          {name}
        </Anchor>
        <Text c="dimmed" size="xs">
          {presets[preset].label}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md" style={{ overflowWrap: 'anywhere' }}>
        <Text c="dimmed">{issuer}</Text>
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Text>{enumWords.SignInLinkRule[linkRule]}</Text>
        {jitPolicy === 'DOMAIN' && (
          <Text c="dimmed" size="xs">
            creates whoever isn’t there yet
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="right" className="numeric">
        {linkCount.toLocaleString('en')}
      </Table.Td>
      <Table.Td>
        <Group gap={6}>
          <StateBadge look={connectionLook(enabled)} />
          {warningsOf(connection).map((look) => (
            <StateBadge key={look.label} look={look} />
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

/** By what people sign in, besides their passwords. */
export function SignInConnectionTable({ connections }: { connections: readonly SignInConnection[] }) {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Name</Table.Th>
          <Table.Th visibleFrom="md">Issuer</Table.Th>
          <Table.Th visibleFrom="sm">A first sign-in finds</Table.Th>
          <Table.Th ta="right">Linked</Table.Th>
          <Table.Th>State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} />
        ))}
      </Table.Tbody>
    </Table>
  );
}
