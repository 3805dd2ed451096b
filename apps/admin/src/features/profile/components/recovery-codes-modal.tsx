'use client';
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { RecoveryCodes } from '@/components/second-factors/recovery-codes.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useRenewRecoveryCodes } from '../api/second-factors.ts';

/** Makes new recovery codes, after saying what becomes of the others. */
export function RecoveryCodesModal({ onClose }: { onClose: () => void }) {
  const [renew, { data, error, loading }] = useRenewRecoveryCodes();
  const codes = data?.renewRecoveryCodes.recoveryCodes;
  const locked = codes !== undefined;
  return (
    <Modal
      opened
      onClose={onClose}
      title={locked ? 'Keep your recovery codes' : 'Make new recovery codes?'}
      withCloseButton={!locked}
      closeOnEscape={!locked}
      closeOnClickOutside={false}
    >
      {locked ? (
        <RecoveryCodes codes={codes} onDone={onClose} />
      ) : (
        <Stack gap="md">
          {error && <ErrorState error={error} />}
          <Text>Those that you have are good no more then, wherever you keep them.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose} data-autofocus>
              Keep them
            </Button>
            {/* A refusal is shown through `error`. */}
            <Button loading={loading} onClick={() => renew().catch(() => undefined)}>
              Make new ones
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
