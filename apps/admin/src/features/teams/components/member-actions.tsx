'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconCrown, IconCrownOff, IconDots, IconUserMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import type { Person } from '@/lib/live/entity-fragments.ts';
import type { TeamDetails } from '../api/team.ts';
import { LeadModal } from './lead-modal.tsx';
import { RemoveMemberModal } from './remove-member-modal.tsx';

/** What can be done about somebody in a team: have them lead it or not, and take them out. */
export function MemberActions({ team, person }: { team: TeamDetails; person: Person }) {
  const [open, setOpen] = useState<'lead' | 'remove'>();
  const close = () => setOpen(undefined);
  const leads = team.lead?.id === person.id;
  return (
    <>
      <Menu position="bottom-end" width={210}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${personName(person)}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={leads ? <IconCrownOff size={15} /> : <IconCrown size={15} />}
            onClick={() => setOpen('lead')}
          >
            {leads ? 'No longer lead' : 'Make lead'}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconUserMinus size={15} />} onClick={() => setOpen('remove')}>
            Remove from the team
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'lead' && <LeadModal team={team} person={person} onClose={close} />}
      {open === 'remove' && <RemoveMemberModal team={team} person={person} onClose={close} />}
    </>
  );
}
