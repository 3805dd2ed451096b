'use client';
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { TeamDetails } from '../api/team.ts';
import { AddMembersModal } from './add-members-modal.tsx';
import { DeleteTeamModal } from './delete-team-modal.tsx';
import { TeamNameModal } from './team-name-modal.tsx';

/** What can be done about a team that is made by hand. */
export function TeamActions({ team }: { team: TeamDetails }) {
  const [open, setOpen] = useState<'add' | 'rename' | 'delete'>();
  const router = useRouter();
  const close = () => setOpen(undefined);
  return (
    <>
      <Group gap="sm" wrap="nowrap">
        <Button leftSection={<IconPlus size={14} />} onClick={() => setOpen('add')}>
          Add people
        </Button>
        <Menu position="bottom-end" width={180}>
          <Menu.Target>
            <ActionIcon variant="default" aria-label={`Actions for ${team.displayName}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setOpen('rename')}>
              Rename
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={() => setOpen('delete')}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      {open === 'add' && <AddMembersModal team={team} onClose={close} />}
      {open === 'rename' && <TeamNameModal team={team} onClose={close} />}
      {open === 'delete' && (
        <DeleteTeamModal team={team} onClose={close} onDeleted={() => router.push('/teams')} />
      )}
    </>
  );
}
