'use client';
import { Group, Table, Text } from '@mantine/core';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { RoleBadges } from '@/components/roles/role-badges.tsx';
import { Glow } from '@/components/ui/glow.tsx';
import { rowClass } from '@/components/ui/list-table.tsx';
import type { Role } from '../api/roles.ts';
import { permissionsInWords } from '../permissions-in-words.ts';

/** A role in the list; how many people have it glows when it changes. */
export function RoleRow({ role, isDefault }: { role: Role; isDefault: boolean }) {
  const router = useRouter();
  return (
    <Table.Tr className={rowClass} onClick={() => router.push(`/roles/${role.id}`)}>
      <Table.Td>
        <Group gap={8}>
          <Text
            component={Link}
            href={`/roles/${role.id}`}
            fw={500}
            onClick={(event) => event.stopPropagation()}
          >
            {role.name}
          </Text>
          <RoleBadges role={role} isDefault={isDefault} />
        </Group>
        {role.description && (
          <Text c="dimmed" size="xs">
            {role.description}
          </Text>
        )}
      </Table.Td>
      <Table.Td visibleFrom="sm" c="dimmed">
        {permissionsInWords(role.permissions)}
      </Table.Td>
      <Table.Td ta="right" className="numeric">
        <Glow value={role.userCount}>{role.userCount.toLocaleString('en')}</Glow>
      </Table.Td>
    </Table.Tr>
  );
}
