'use client';
import { ActionIcon, Code, Menu, Table, Text, Tooltip } from '@mantine/core';
import { IconDots, IconRefresh, IconTrash } from '@tabler/icons-react';
import type { Token } from '@/components/tokens/token-fields.ts';
import { TokenStateBadge } from '@/components/tokens/token-state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';

interface TokenRowProps {
  token: Token;
  onRotate: () => void;
  onRevoke: () => void;
}

function Permissions({ token }: { token: Token }) {
  if (token.kind === 'SCIM')
    return <Text span>provision{token.connection && ` over ${token.connection.name}`}</Text>;
  const titles = token.permissions.map(({ title }) => title);
  return (
    <Tooltip label={titles.join(', ') || 'nothing'} multiline maw={320}>
      <Text span tabIndex={0}>
        {titles.length === 1 ? titles[0] : `${titles.length} permissions`}
      </Text>
    </Tooltip>
  );
}

/** A token in the list: what it is, what it may, when it was used, and what can be done with it. */
export function TokenRow({ token, onRotate, onRevoke }: TokenRowProps) {
  const live = token.status === 'ACTIVE';
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={500}>{token.name}</Text>
        <Text c="dimmed" size="xs">
          {token.kind === 'SCIM' ? 'SCIM' : 'API'} · by {token.createdBy.name}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md">
        <Code>
          {token.prefix}…{token.lastFour}
        </Code>
      </Table.Td>
      <Table.Td visibleFrom="lg">
        <Permissions token={token} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <TimeAgo at={token.lastUsedAt} />
      </Table.Td>
      <Table.Td visibleFrom="sm">
        <TimeAgo at={token.expiresAt} />
      </Table.Td>
      <Table.Td>
        <TokenStateBadge token={token} />
      </Table.Td>
      <Table.Td w={44}>
        {live && (
          <Menu position="bottom-end" width={160}>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${token.name}`}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconRefresh size={15} />} onClick={onRotate}>
                Rotate
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={onRevoke}>
                Revoke
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
