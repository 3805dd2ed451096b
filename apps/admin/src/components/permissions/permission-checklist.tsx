'use client';
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import classes from './permission-checklist.module.css';
import type { Permission } from './permission-fields.ts';
import { groupedPermissions } from './permission-groups.ts';
import { defaultPermissions } from './reading-permissions.ts';

interface PermissionChecklistProps {
  permissions: readonly Permission[];
  value?: string[];
  onChange?: (value: string[]) => void;
  error?: React.ReactNode;
}

/** What a role or a token may do, each with what it means. */
export function PermissionChecklist({ permissions, value = [], onChange, error }: PermissionChecklistProps) {
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text fw={500}>May</Text>
        <Group gap={4}>
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => onChange?.(defaultPermissions(permissions))}
          >
            Read only
          </Button>
          <Button
            variant="subtle"
            size="compact-xs"
            onClick={() => onChange?.(permissions.map(({ id }) => id))}
          >
            Everything
          </Button>
        </Group>
      </Group>
      <Checkbox.Group value={value} onChange={onChange} error={error} aria-label="May">
        <Stack gap="md" className={classes.list}>
          {groupedPermissions(permissions).map((group) => (
            <Stack key={group.title} gap={10} role="group" aria-label={group.title}>
              <Text size="xs" fw={500} c="dimmed">
                {group.title}
              </Text>
              {group.permissions.map(({ id, title, description }) => (
                <Checkbox key={id} value={id} size="sm" label={title} description={description} />
              ))}
            </Stack>
          ))}
        </Stack>
      </Checkbox.Group>
    </div>
  );
}
