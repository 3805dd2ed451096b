'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconKey, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { SignInConnection } from '../api/sign-in-connections.ts';
import { DeleteConnectionModal } from './delete-connection-modal.tsx';
import { RotateSecretModal } from './rotate-secret-modal.tsx';
import { SwitchModal } from './switch-modal.tsx';

/** What can be done with a sign-in connection. */
export function ConnectionActions({ connection }: { connection: SignInConnection }) {
  const router = useRouter();
  const [open, setOpen] = useState<'switch' | 'secret' | 'delete'>();
  const close = () => setOpen(undefined);
  const { name, protocol, enabled } = connection;
  return (
    <>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={`Actions for ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {protocol === 'OIDC' && (
            <Menu.Item leftSection={<IconKey size={15} />} onClick={() => setOpen('secret')}>
              Replace the client secret
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={enabled ? <IconPlayerStop size={15} /> : <IconPlayerPlay size={15} />}
            onClick={() => setOpen('switch')}
          >
            {enabled ? 'Switch off' : 'Switch on'}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setOpen('delete')}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'switch' && <SwitchModal connection={connection} onClose={close} />}
      {open === 'secret' && <RotateSecretModal connection={connection} onClose={close} />}
      {open === 'delete' && (
        <DeleteConnectionModal
          connection={connection}
          onClose={close}
          onDeleted={() => router.push('/sign-in-settings')}
        />
      )}
    </>
  );
}
