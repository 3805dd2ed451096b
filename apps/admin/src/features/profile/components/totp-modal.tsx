'use client';
import { Loader, Modal, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
import { RecoveryCodes } from '@/components/second-factors/recovery-codes.tsx';
import { TotpSetup } from '@/components/second-factors/totp-setup.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { useBeginTotp, useConfirmTotp } from '../api/second-factors.ts';

/** Sets up an authenticator app; ends in recovery codes, for who had none. */
export function TotpModal({ onClose }: { onClose: () => void }) {
  const [begin, { data, error }] = useBeginTotp();
  const [confirm, { error: refused }] = useConfirmTotp();
  const [codes, setCodes] = useState<readonly string[]>();
  useEffect(() => {
    // A refusal is shown through `error`.
    begin({ variables: { input: {} } }).catch(() => undefined);
  }, [begin]);
  const onCode = async (code: string) => {
    try {
      const { data: confirmed } = await confirm({ variables: { input: { code } } });
      const { recoveryCodes } = confirmed?.confirmTotp ?? {};
      if (recoveryCodes) setCodes(recoveryCodes);
      else onClose();
      return undefined;
    } catch (problem) {
      return refusalAt(problem, ['code']).at.code;
    }
  };
  const other = error ?? (refused && refusalAt(refused, ['code']).other);
  const begun = data?.beginTotp;
  const locked = codes !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={locked ? 'Keep your recovery codes' : 'Set up an authenticator app'}
      withCloseButton={!locked}
      closeOnEscape={!locked}
      closeOnClickOutside={false}
    >
      <Stack gap="md">
        {Boolean(other) && <ErrorState error={other} />}
        {locked ? (
          <RecoveryCodes codes={codes} onDone={onClose} />
        ) : begun ? (
          <TotpSetup secret={begun.secret} uri={begun.uri} onCode={onCode} />
        ) : (
          !error && <Loader mx="auto" aria-label="Loading" />
        )}
      </Stack>
    </Modal>
  );
}
