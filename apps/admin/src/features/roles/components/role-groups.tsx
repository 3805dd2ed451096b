import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import Link from 'next/link';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import type { RoleMapping } from '../api/role.ts';

const waiting: StateLook = { color: 'yellow', icon: IconHourglass, label: 'Not pushed yet' };

function MappedGroup({ mapping: { id, group, connection, userCount } }: { mapping: RoleMapping }) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        {group.team ? (
          <Text component={Link} href={`/teams/${group.team.id}`} fw={500} truncate display="block">
            {group.name}
          </Text>
        ) : (
          <Text fw={500} truncate>
            {group.name}
          </Text>
        )}
        <Text c="dimmed" size="xs" truncate>
          {connection.name}
        </Text>
      </div>
      {group.pushed ? (
        <Anchor
          component={Link}
          href={`/group-mapping/${id}`}
          c="dimmed"
          size="sm"
          className="numeric"
          style={{ whiteSpace: 'nowrap' }}
        >
          {userCount.toLocaleString('en')} {userCount === 1 ? 'person' : 'people'}
        </Anchor>
      ) : (
        <StateBadge look={waiting} />
      )}
    </Group>
  );
}

/** The groups of identity providers that give a role. */
export function RoleGroups({ mappings, total }: { mappings: readonly RoleMapping[]; total: number }) {
  return (
    <Section
      title="Groups that give it"
      count={total}
      action={
        <Anchor component={Link} href="/group-mapping" size="sm">
          Group mapping
        </Anchor>
      }
    >
      {mappings.length === 0 && <Text c="dimmed">No group is mapped to it.</Text>}
      <Stack gap={10}>
        {mappings.map((mapping) => (
          <MappedGroup key={mapping.id} mapping={mapping} />
        ))}
      </Stack>
    </Section>
  );
}
