'use client';
import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { IconDeviceMobile, IconFingerprint } from '@tabler/icons-react';
import { useState } from 'react';
import { RecoveryCodes } from '@/components/second-factors/recovery-codes.tsx';
import { TotpSetup } from '@/components/second-factors/totp-setup.tsx';
import { passkeyName, usesPasskeys } from '@/lib/passkeys.ts';
import type { AuthFailure } from '../api/post-auth.ts';
import { type BegunTotp, beginTotp, confirmTotp, registerPasskey } from '../api/second-factor.ts';
import { Failure } from './failure.tsx';

/** What comes after the password where the account asks for a second factor and somebody has none: they set one up. */
export function SetUpFactorStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const [begun, setBegun] = useState<BegunTotp>();
  const [codes, setCodes] = useState<readonly string[]>();
  const [failure, setFailure] = useState<AuthFailure>();
  const [busy, setBusy] = useState(false);

  async function begin() {
    setBusy(true);
    const result = await beginTotp();
    setBusy(false);
    if ('failure' in result) setFailure(result.failure);
    else setBegun(result.answer);
  }

  async function choosePasskey() {
    setBusy(true);
    const result = await registerPasskey(passkeyName(navigator.userAgent));
    setBusy(false);
    if ('failure' in result) setFailure(result.failure);
    else setCodes(result.answer.recoveryCodes ?? []);
  }

  async function confirm(code: string) {
    const result = await confirmTotp(code);
    if ('answer' in result) {
      setCodes(result.answer.recoveryCodes ?? []);
      return undefined;
    }
    if (result.failure.field === 'code') return result.failure.message.replace(/^code: /, 'It ');
    setFailure(result.failure);
    return undefined;
  }

  if (codes !== undefined) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return (
    <Stack gap="md">
      <div>
        <Title order={1}>Set up a second factor</Title>
        <Text c="dimmed">Your account asks for more than a password.</Text>
      </div>
      {failure && <Failure failure={failure} />}
      {begun ? (
        <TotpSetup secret={begun.secret} uri={begun.uri} onCode={confirm} />
      ) : (
        <>
          <Button
            size="sm"
            fullWidth
            loading={busy}
            leftSection={<IconDeviceMobile size={16} />}
            onClick={begin}
          >
            An authenticator app
          </Button>
          {usesPasskeys() && (
            <Button
              size="sm"
              fullWidth
              variant="default"
              disabled={busy}
              leftSection={<IconFingerprint size={16} />}
              onClick={choosePasskey}
            >
              A passkey
            </Button>
          )}
        </>
      )}
      <Anchor component="button" type="button" size="sm" c="dimmed" ta="center" onClick={onBack}>
        Begin again
      </Anchor>
    </Stack>
  );
}
