'use client';
import { Menu, Text, UnstyledButton } from '@mantine/core';
import { IconKeyboard, IconLogout, IconUser, IconUserCog } from '@tabler/icons-react';
import Link from 'next/link';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { personName } from '@/components/people/person-name.ts';
import { signOut } from '../api/sign-out.ts';

interface ViewerMenuProps {
  user: { id: string; displayName: string | null; userName: string } | null | undefined;
  onShortcuts: () => void;
}

/** Who is signed in, their page, their profile, and the way out. */
export function ViewerMenu({ user, onShortcuts }: ViewerMenuProps) {
  const name = user ? personName(user) : '';
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <UnstyledButton aria-label="Me" style={{ borderRadius: '50%' }} ml={4}>
          <PersonAvatar id={user?.id ?? ''} name={name} size={28} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        {user && (
          <>
            <Menu.Label>
              <Text fw={600} c="var(--mantine-color-text)" truncate>
                {name}
              </Text>
              <Text size="xs" truncate>
                {user.userName}
              </Text>
            </Menu.Label>
            <Menu.Item component={Link} href={`/people/${user.id}`} leftSection={<IconUser size={15} />}>
              My page
            </Menu.Item>
            <Menu.Item component={Link} href="/profile" leftSection={<IconUserCog size={15} />}>
              Profile and sessions
            </Menu.Item>
          </>
        )}
        <Menu.Item leftSection={<IconKeyboard size={15} />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
