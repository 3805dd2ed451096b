'use client';
import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { losesOwnAccess, refusalAt } from '@/lib/graphql/refusal.ts';
import classes from './choose-roles.module.css';
import type { RoleChoice } from './role-fields.ts';

interface ChooseRolesProps {
  roles: readonly RoleChoice[];
  label: string;
  description?: string;
  value: string[];
  onChange(value: string[]): void;
  error?: React.ReactNode;
}

/** Chooses any number of roles, each with what it is for. */
export function ChooseRoles({ roles, label, description, value, onChange, error }: ChooseRolesProps) {
  return (
    <Checkbox.Group
      label={label}
      description={description}
      value={value}
      onChange={onChange}
      error={error}
      size="sm"
    >
      <Stack gap={10} my={6} className={classes.list}>
        {roles.map(({ id, name, description: words }, place) => (
          <Checkbox
            key={id}
            value={id}
            size="sm"
            label={name}
            description={words}
            data-autofocus={place === 0 || undefined}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

interface ChangeActionsProps {
  error: unknown;
  loading: boolean;
  disabled?: boolean;
  onClose(): void;
}

/** What the server says against a change of roles, and the ways on: where it takes the own access it is asked first. */
export function ChangeActions({ error, loading, disabled, onClose }: ChangeActionsProps) {
  const confirming = losesOwnAccess(error);
  const { other } = refusalAt(error, ['roleIds', 'groupName']);
  return (
    <Stack gap="md">
      {confirming && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle size={18} />}
          title="This takes your own access"
          role="alert"
        >
          You could not change roles any more, and not undo this. Nothing has been changed yet. Have somebody
          give you a role that allows it first, or go on if you mean it.
        </Alert>
      )}
      {!confirming && Boolean(other) && <ErrorState error={other} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" color={confirming ? 'red' : undefined} loading={loading} disabled={disabled}>
          {confirming ? 'Save, and lose my access' : 'Save'}
        </Button>
      </Group>
    </Stack>
  );
}
