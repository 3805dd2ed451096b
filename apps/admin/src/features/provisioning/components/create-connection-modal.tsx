'use client';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useCreateConnection } from '../api/connections.ts';
import { providerChoices, providerFrom } from '../providers.ts';

/** Adds a connection; the token that it needs is issued next. */
export function CreateConnectionModal({ onClose }: { onClose: () => void }) {
  const [create, { loading, error }] = useCreateConnection();
  const form = useForm({
    initialValues: { name: '', provider: 'ENTRA' },
    validate: { name: (value) => (value.trim() ? null : 'Name it, for example after the directory') },
  });
  const submit = form.onSubmit(async ({ name, provider }) => {
    const input = { name: name.trim(), provider: providerFrom(provider) };
    // The form shows a refusal through `error`.
    const result = await create({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({
      title: `${input.name} is ready`,
      message: 'Issue a SCIM token for it next, under Tokens.',
    });
    onClose();
  });
  return (
    <Modal opened onClose={onClose} title="Add a connection">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {error && <ErrorState error={error} />}
          <TextInput label="Name" placeholder="Corp" data-autofocus {...form.getInputProps('name')} />
          <Select
            label="Identity provider"
            data={providerChoices}
            allowDeselect={false}
            {...form.getInputProps('provider')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
