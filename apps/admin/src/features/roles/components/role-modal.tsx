'use client';
import { Button, Group, Modal, Skeleton, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { PermissionChecklist } from '@/components/permissions/permission-checklist.tsx';
import type { Permission } from '@/components/permissions/permission-fields.ts';
import { defaultPermissions } from '@/components/permissions/reading-permissions.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type Role, useCreateRole, useGrantablePermissions, useUpdateRole } from '../api/roles.ts';

interface RoleModalProps {
  /** The role to change; a new one when left out. */
  role?: Role;
  onClose(): void;
  onSaved?(role: Role): void;
}

/** What can be chosen: what one may give, and what the role allows already. */
function choicesFor(role: Role | undefined, grantable: readonly Permission[]): Permission[] {
  const others = role?.permissions.filter(({ id }) => !grantable.some((each) => each.id === id)) ?? [];
  return [...grantable, ...others];
}

/** Saves a new role or a change of one, and answers what became of it. */
function useSaveRole(role: Role | undefined) {
  const [create, creating] = useCreateRole();
  const [update, updating] = useUpdateRole();
  const save = async (input: { name: string; description: string | null; permissions: string[] }) => {
    if (role) {
      const result = await update({ variables: { input: { id: role.id, ...input } } });
      return result.data?.updateRole.role;
    }
    return (await create({ variables: { input } })).data?.createRole.role;
  };
  return { save, loading: creating.loading || updating.loading, error: creating.error ?? updating.error };
}

function RoleForm({ role, grantable, onClose, onSaved }: RoleModalProps & { grantable: Permission[] }) {
  const { save, loading, error } = useSaveRole(role);
  const refusal = refusalAt(error, ['name', 'description', 'permissions']);
  const form = useForm({
    initialValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      permissions: role?.permissions.map(({ id }) => id) ?? defaultPermissions(grantable),
    },
    validate: { name: (value) => (value.trim() ? null : 'Name it after what people do with it') },
  });
  const submit = form.onSubmit(async ({ name, description, permissions }) => {
    const input = { name: name.trim(), description: description.trim() || null, permissions };
    // The form shows a refusal through `error`.
    const saved = await save(input).catch(() => undefined);
    if (!saved) return;
    notifications.show({ message: role ? `${saved.name} is saved` : `${saved.name} is created` });
    onClose();
    onSaved?.(saved);
  });
  const field = (name: keyof typeof form.values) => {
    const props = form.getInputProps(name);
    return { ...props, error: props.error ?? refusal.at[name] };
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
        <TextInput label="Name" placeholder="Help desk" data-autofocus {...field('name')} />
        <Textarea
          label="Description"
          placeholder="What it is for"
          autosize
          minRows={2}
          size="sm"
          {...field('description')}
        />
        <PermissionChecklist permissions={choicesFor(role, grantable)} {...field('permissions')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={loading}>
            {role ? 'Save' : 'Create'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Creates a role, or changes one that is not built in. */
export function RoleModal(props: RoleModalProps) {
  const grantable = useGrantablePermissions();
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={props.role ? `Edit ${props.role.name}` : 'Create a role'}
      size="lg"
    >
      {grantable ? <RoleForm {...props} grantable={grantable} /> : <Skeleton height={320} />}
    </Modal>
  );
}
