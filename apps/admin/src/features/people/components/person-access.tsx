'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconCircleCheck, IconCircleMinus, IconDots, IconLogout, IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import type { PersonDetails } from '../api/person.ts';
import { useAccessPowers } from '../api/person-access.ts';
import { ChangeStatusModal } from './change-status-modal.tsx';
import { EndSessionsModal } from './end-sessions-modal.tsx';
import { SendResetModal } from './send-reset-modal.tsx';

/** Where the server writes to a person: their primary e-mail address, or their userName where it is one. */
function mailAddress({ emails, userName }: PersonDetails): string | undefined {
  const email = (emails.find(({ primary }) => primary) ?? emails[0])?.value;
  return [email, userName].find((address) => address?.includes('@')) ?? undefined;
}

/** Why no link to set a password can be sent, where none can. */
function noResetBecause({ status, managedBy }: PersonDetails, sendsMail: boolean): string | undefined {
  if (managedBy) return `managed by ${managedBy.name}`;
  if (status !== 'ACTIVE') return 'is switched off';
  return sendsMail ? undefined : 'no mail is set up';
}

/** What admins can do about somebody’s access. */
export function PersonAccess({ person }: { person: PersonDetails }) {
  const { ownId, writesUsers, sendsMail } = useAccessPowers();
  const [open, setOpen] = useState<'status' | 'reset' | 'sessions'>();
  const close = () => setOpen(undefined);
  if (!writesUsers || person.status === 'DEPROVISIONED') return null;
  const name = personName(person);
  const isActive = person.status === 'ACTIVE';
  const noReset = noResetBecause(person, sendsMail);
  const noChange = person.managedBy ? ` (managed by ${person.managedBy.name})` : '';
  return (
    <>
      <Menu position="bottom-end" width={person.managedBy ? 320 : 230}>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={`Actions for ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconMail size={15} />}
            disabled={noReset !== undefined}
            onClick={() => setOpen('reset')}
          >
            Send password reset{noReset && ` (${noReset})`}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconLogout size={15} />} onClick={() => setOpen('sessions')}>
            End sessions
          </Menu.Item>
          <Menu.Item
            color={isActive ? 'red' : undefined}
            leftSection={isActive ? <IconCircleMinus size={15} /> : <IconCircleCheck size={15} />}
            disabled={noChange !== ''}
            onClick={() => setOpen('status')}
          >
            {isActive ? 'Deactivate' : 'Reactivate'}
            {noChange}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'status' && (
        <ChangeStatusModal person={person} active={!isActive} isSelf={person.id === ownId} onClose={close} />
      )}
      {open === 'reset' && (
        <SendResetModal id={person.id} name={name} address={mailAddress(person)} onClose={close} />
      )}
      {open === 'sessions' && <EndSessionsModal id={person.id} name={name} onClose={close} />}
    </>
  );
}
