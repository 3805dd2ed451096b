'use client';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type OwnPasskey, useRenamePasskey } from '../api/second-factors.ts';

/** Gives a passkey another name. */
export function RenamePasskeyModal({ passkey, onClose }: { passkey: OwnPasskey; onClose: () => void }) {
  const [rename, { error, loading }] = useRenamePasskey();
  const form = useForm({
    initialValues: { name: passkey.name },
    validate: { name: (value) => (value.trim() ? null : 'Give it a name') },
  });
  const submit = async ({ name }: { name: string }) => {
    // A refusal is shown through `error`.
    const result = await rename({ variables: { input: { id: passkey.id, name } } }).catch(() => undefined);
    if (result?.data) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={`Rename ${passkey.name}`}>
      <form onSubmit={form.onSubmit(submit)} noValidate>
        <Stack gap="md">
          {error && <ErrorState error={error} />}
          <TextInput label="Name" data-autofocus {...form.getInputProps('name')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={loading}>
              Rename
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
