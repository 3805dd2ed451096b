'use client';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLogout, IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import type { PersonDetails } from '../api/person.ts';
import { useAccessPowers } from '../api/person-access.ts';
import { EndSessionsModal } from './end-sessions-modal.tsx';
import { SendResetModal } from './send-reset-modal.tsx';

/** Where the server writes to a person: their primary e-mail address, or their userName where it is one. */
function mailAddress({ emails, userName }: PersonDetails): string | undefined {
  const email = (emails.find(({ primary }) => primary) ?? emails[0])?.value;
  return [email, userName].find((address) => address?.includes('@')) ?? undefined;
}

/** What admins can do about how somebody signs in. */
export function PersonAccess({ person }: { person: PersonDetails }) {
  const { writesUsers, sendsMail } = useAccessPowers();
  const [open, setOpen] = useState<'reset' | 'sessions'>();
  const close = () => setOpen(undefined);
  if (!writesUsers || person.status === 'DEPROVISIONED') return null;
  const name = personName(person);
  const reason =
    person.status === 'ACTIVE' ? (sendsMail ? undefined : 'no mail is set up') : 'is switched off';
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={`Actions for ${name}`}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconMail size={15} />}
            disabled={reason !== undefined}
            onClick={() => setOpen('reset')}
          >
            Send password reset{reason && ` (${reason})`}
          </Menu.Item>
          <Menu.Item color="red" leftSection={<IconLogout size={15} />} onClick={() => setOpen('sessions')}>
            End sessions
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === 'reset' && (
        <SendResetModal id={person.id} name={name} address={mailAddress(person)} onClose={close} />
      )}
      {open === 'sessions' && <EndSessionsModal id={person.id} name={name} onClose={close} />}
    </>
  );
}
