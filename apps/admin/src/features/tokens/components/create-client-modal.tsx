'use client';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { type ClientConnection, useCreateOAuthClient } from '../api/oauth-clients.ts';
import { ClientKeysField, keysInput, noKeys } from './client-keys-field.tsx';

interface CreateClientModalProps {
  connections: readonly ClientConnection[];
  onClose: () => void;
}

/** Lets a program have short-lived SCIM tokens of a connection. */
export function CreateClientModal({ connections, onClose }: CreateClientModalProps) {
  const [name, setName] = useState('');
  const [connectionId, setConnectionId] = useState(connections[0]?.id ?? null);
  const [keys, setKeys] = useState(noKeys);
  const [create, { loading, error }] = useCreateOAuthClient();
  const refusal = refusalAt(error, ['name', 'connectionId', 'jwks', 'jwksUri']);
  const submit = async () => {
    if (connectionId === null) return;
    const input = { name: name.trim(), connectionId, ...keysInput(keys) };
    // The dialog shows a refusal through `error`.
    const result = await create({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    notifications.show({ message: `${input.name} can ask for tokens; its client id is in the list` });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Add an OAuth client" size="md">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        noValidate
      >
        <Stack gap="md">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          <TextInput
            label="Name"
            placeholder="Provisioner"
            data-autofocus
            value={name}
            error={refusal.at.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label="Connection"
            description="Its tokens provision over this one."
            data={connections.map((each) => ({ value: each.id, label: each.name }))}
            allowDeselect={false}
            value={connectionId}
            error={refusal.at.connectionId}
            onChange={setConnectionId}
          />
          <ClientKeysField value={keys} onChange={setKeys} errors={refusal.at} />
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
