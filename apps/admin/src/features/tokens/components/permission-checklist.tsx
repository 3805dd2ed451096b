'use client';
import { Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import type { TokenOptions } from '../api/tokens.ts';
import { defaultPermissions } from '../token-permissions.ts';
import classes from './permission-checklist.module.css';

interface PermissionChecklistProps {
  permissions: TokenOptions['permissions'];
  value?: string[];
  onChange?: (value: string[]) => void;
  error?: React.ReactNode;
}

/** What an API token may do; it starts with reading only. */
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
      <Checkbox.Group value={value} onChange={onChange} error={error}>
        <Stack gap={10} className={classes.list}>
          {permissions.map(({ id, title, description }) => (
            <Checkbox key={id} value={id} size="xs" label={title} description={description} />
          ))}
        </Stack>
      </Checkbox.Group>
    </div>
  );
}
