import { Stack, Text } from '@mantine/core';
import type { Permission } from '@/components/permissions/permission-fields.ts';
import { groupedPermissions } from '@/components/permissions/permission-groups.ts';
import { Section } from '@/components/ui/section.tsx';

/** What a role allows, each permission in words. */
export function RolePermissions({ permissions }: { permissions: readonly Permission[] }) {
  return (
    <Section title="May" count={permissions.length}>
      {permissions.length === 0 && <Text c="dimmed">Nothing yet: edit the role to allow something.</Text>}
      <Stack gap="md">
        {groupedPermissions(permissions).map((group) => (
          <Stack key={group.title} gap={8}>
            <Text size="xs" fw={500} c="dimmed">
              {group.title}
            </Text>
            {group.permissions.map(({ id, title, description }) => (
              <div key={id}>
                <Text fw={500}>{title}</Text>
                <Text c="dimmed" size="xs">
                  {description}
                </Text>
              </div>
            ))}
          </Stack>
        ))}
      </Stack>
    </Section>
  );
}
