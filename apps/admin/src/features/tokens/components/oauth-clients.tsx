'use client';
import { ActionIcon, Button, Menu, Stack, Table, Text } from '@mantine/core';
import { IconDots, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type OAuthClient, useOAuthClients } from '../api/oauth-clients.ts';
import { CreateClientModal } from './create-client-modal.tsx';
import { DeleteClientModal } from './delete-client-modal.tsx';
import { RotateKeysModal } from './rotate-keys-modal.tsx';

/** Where its keys are, or how many were given. */
function Keys({ client: { jwks, jwksUri } }: { client: OAuthClient }) {
  if (jwksUri !== null) return <Text style={{ overflowWrap: 'anywhere' }}>{jwksUri}</Text>;
  const count: number = JSON.parse(jwks ?? '{"keys":[]}').keys.length;
  return <Text>{count === 1 ? 'One key' : `${count} keys`}</Text>;
}

interface ClientRowProps {
  client: OAuthClient;
  connection: string;
  onRotate: () => void;
  onDelete: () => void;
}

function ClientRow({ client, connection, onRotate, onDelete }: ClientRowProps) {
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>{client.name}</Text>
        <Text c="dimmed" size="xs">
          over {connection}
        </Text>
      </Table.Td>
      <Table.Td>
        <CopyableCode value={client.id} label={`client id of ${client.name}`} short />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <Keys client={client} />
      </Table.Td>
      <Table.Td visibleFrom="md">
        <TimeAgo at={client.createdAt} />
      </Table.Td>
      <Table.Td w={44}>
        <Menu position="bottom-end" width={190}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${client.name}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconRefresh size={15} />} onClick={onRotate}>
              Replace the keys
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={onDelete}>
              Revoke
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  );
}

/** Programs that prove who they are by a key, and get tokens for an hour. */
export function OAuthClients() {
  const { connections, tokenEndpoint, error, refetch } = useOAuthClients();
  const [open, setOpen] = useState<'create' | { rotate: OAuthClient } | { remove: OAuthClient }>();
  const close = () => setOpen(undefined);
  const clients = connections?.flatMap(({ name, oauthClients }) =>
    oauthClients.map((client) => ({ client, connection: name })),
  );
  return (
    <Section
      title="OAuth clients"
      count={clients?.length}
      action={
        connections &&
        connections.length > 0 && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} />}
            onClick={() => setOpen('create')}
          >
            Add a client
          </Button>
        )
      }
    >
      <Stack gap="md">
        {error && <ErrorState error={error} onRetry={() => refetch()} />}
        <Text c="dimmed">
          A program that signs with a key of its own (client credentials, private_key_jwt) needs no secret: it
          asks here for a SCIM token that lives for an hour.
        </Text>
        {tokenEndpoint && <CopyableCode value={tokenEndpoint} label="token endpoint" block />}
        {clients && clients.length > 0 && (
          <Table verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Client id</Table.Th>
                <Table.Th visibleFrom="sm">Public keys</Table.Th>
                <Table.Th visibleFrom="md">Added</Table.Th>
                <Table.Th aria-label="Actions" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {clients.map(({ client, connection }) => (
                <ClientRow
                  key={client.id}
                  client={client}
                  connection={connection}
                  onRotate={() => setOpen({ rotate: client })}
                  onDelete={() => setOpen({ remove: client })}
                />
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
      {open === 'create' && connections && <CreateClientModal connections={connections} onClose={close} />}
      {typeof open === 'object' && 'rotate' in open && (
        <RotateKeysModal client={open.rotate} onClose={close} />
      )}
      {typeof open === 'object' && 'remove' in open && (
        <DeleteClientModal client={open.remove} onClose={close} />
      )}
    </Section>
  );
}
