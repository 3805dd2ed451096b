'use client';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { useAddDomain } from '../api/domains.ts';

/** Adds a domain; what proves it is shown in the list. */
export function AddDomainModal({ onClose }: { onClose: () => void }) {
  const [add, { loading, error }] = useAddDomain();
  const refusal = refusalAt(error, ['name']);
  const form = useForm({
    initialValues: { name: '' },
    validate: { name: (value) => (value.trim() ? null : 'Such as example.com') },
  });
  const submit = form.onSubmit(async ({ name }) => {
    // The form shows a refusal through `error`.
    const result = await add({ variables: { input: { name: name.trim() } } }).catch(() => undefined);
    if (result?.data) onClose();
  });
  const props = form.getInputProps('name');
  return (
    <Modal opened onClose={onClose} title="Add a domain">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          <TextInput
            label="Domain"
            placeholder="example.com"
            description="What stands behind the @ in your people’s addresses. You prove it next, by a TXT record."
            data-autofocus
            {...props}
            error={props.error ?? refusal.at.name}
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
