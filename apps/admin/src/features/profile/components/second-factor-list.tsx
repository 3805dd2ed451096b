'use client';
import { ActionIcon, Button, Group, Menu, Stack, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDeviceMobile, IconDots, IconFingerprint, IconLifebuoy } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { usesPasskeys } from '@/lib/passkeys.ts';
import {
  type OwnPasskey,
  type SecondFactors,
  useRemovePasskey,
  useRemoveTotp,
} from '../api/second-factors.ts';
import { PasskeyModal } from './passkey-modal.tsx';
import { RecoveryCodesModal } from './recovery-codes-modal.tsx';
import { RenamePasskeyModal } from './rename-passkey-modal.tsx';
import { TotpModal } from './totp-modal.tsx';

interface RowProps {
  icon: typeof IconFingerprint;
  name: string;
  says: ReactNode;
  children: ReactNode;
}

function Row({ icon: Glyph, name, says, children }: RowProps) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Group gap="sm" wrap="nowrap" miw={0}>
        <Glyph size={18} stroke={1.6} style={{ flexShrink: 0 }} />
        <div style={{ minWidth: 0 }}>
          <Text fw={500} truncate>
            {name}
          </Text>
          <Text c="dimmed" size="xs">
            {says}
          </Text>
        </div>
      </Group>
      {children}
    </Group>
  );
}

type Opened = 'totp' | 'passkey' | 'codes' | OwnPasskey;

/** What somebody can show beside their password: an authenticator app, passkeys, and codes to recover. */
export function SecondFactorList({ secondFactors }: { secondFactors: SecondFactors }) {
  const { totp, passkeys, recoveryCodesLeft } = secondFactors;
  const [opened, setOpened] = useState<Opened>();
  const [removeTotp, { error: totpError }] = useRemoveTotp();
  const [removePasskey, { error: passkeyError }] = useRemovePasskey();
  const error = totpError ?? passkeyError;
  const has = totp !== null || passkeys.length > 0;
  const close = () => setOpened(undefined);

  const confirmRemoval = (name: string, remove: () => Promise<{ data?: unknown }>) =>
    modals.openConfirmModal({
      title: `Remove ${name}?`,
      children: (
        <Text>It is no longer taken when you sign in. With your last one your recovery codes go too.</Text>
      ),
      labels: { confirm: 'Remove', cancel: 'Keep it' },
      confirmProps: { color: 'red' },
      onConfirm: async () => {
        // A refusal is shown through `error`.
        const result = await remove().catch(() => undefined);
        if (result?.data) notifications.show({ message: `Removed ${name}` });
      },
    });

  return (
    <Section title="Second factors">
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        {!has && (
          <Text c="dimmed">
            With a second factor your password alone lets nobody in. You get recovery codes with the first.
          </Text>
        )}
        <Row
          icon={IconDeviceMobile}
          name="Authenticator app"
          says={
            totp ? (
              <>
                Last used <TimeAgo at={totp.lastUsedAt} />
              </>
            ) : (
              'Not set up'
            )
          }
        >
          {totp ? (
            <Button
              variant="subtle"
              color="red"
              size="xs"
              aria-label="Remove the authenticator app"
              onClick={() => confirmRemoval('the authenticator app', () => removeTotp())}
            >
              Remove
            </Button>
          ) : (
            <Button variant="default" size="xs" onClick={() => setOpened('totp')}>
              Set up an app
            </Button>
          )}
        </Row>
        {passkeys.map((passkey) => (
          <Row
            key={passkey.id}
            icon={IconFingerprint}
            name={passkey.name}
            says={
              <>
                Passkey, last used <TimeAgo at={passkey.lastUsedAt} />
              </>
            }
          >
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${passkey.name}`}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setOpened(passkey)}>Rename</Menu.Item>
                <Menu.Item
                  color="red"
                  onClick={() =>
                    confirmRemoval(passkey.name, () =>
                      removePasskey({ variables: { input: { id: passkey.id } } }),
                    )
                  }
                >
                  Remove
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Row>
        ))}
        {usesPasskeys() && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconFingerprint size={14} />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => setOpened('passkey')}
          >
            Add a passkey
          </Button>
        )}
        {has && (
          <Row
            icon={IconLifebuoy}
            name="Recovery codes"
            says={recoveryCodesLeft === 1 ? 'One is left' : `${recoveryCodesLeft} are left`}
          >
            <Button variant="default" size="xs" onClick={() => setOpened('codes')}>
              Make new ones
            </Button>
          </Row>
        )}
      </Stack>
      {opened === 'totp' && <TotpModal onClose={close} />}
      {opened === 'passkey' && <PasskeyModal onClose={close} />}
      {opened === 'codes' && <RecoveryCodesModal onClose={close} />}
      {typeof opened === 'object' && <RenamePasskeyModal passkey={opened} onClose={close} />}
    </Section>
  );
}
