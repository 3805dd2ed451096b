'use client';
import { Checkbox, Text } from '@mantine/core';
import { useState } from 'react';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { type SignInConnection, useUpdateSignInConnection } from '../api/sign-in-connections.ts';

interface SwitchModalProps {
  connection: SignInConnection;
  onClose(): void;
}

/** Switches a sign-in connection off, after asking what becomes of the sessions, or on again. */
export function SwitchModal({ connection: { id, name, enabled }, onClose }: SwitchModalProps) {
  const [endSessions, setEndSessions] = useState(true);
  const other = enabled ? 'off' : 'on';
  return (
    <ConfirmModal
      question={`Switch ${name} ${other}?`}
      act={`Switch ${other}`}
      color={enabled ? 'red' : 'primary'}
      keep="Cancel"
      mutation={useUpdateSignInConnection()}
      input={{ id, enabled: !enabled, endSessions }}
      done={`${name} is switched ${other}`}
      onClose={onClose}
    >
      <Text>
        {enabled
          ? 'Nobody signs in by it any more. Links stay, so everybody is who they were when it is switched on again.'
          : 'People can sign in by it again, as who they were.'}
      </Text>
      {enabled && <EndSessionsToo checked={endSessions} onChange={setEndSessions} />}
    </ConfirmModal>
  );
}

/** Asks whether those who are signed in by it are signed out. */
export function EndSessionsToo({
  checked,
  onChange,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <Checkbox
      label="End the sessions that began by it"
      description="Everybody who signed in by it is signed out at once; you stay signed in here."
      checked={checked}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
