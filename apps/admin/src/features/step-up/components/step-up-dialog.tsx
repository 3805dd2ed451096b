'use client';
import { Anchor, Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { IconFingerprint, IconLogin2 } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { showPasskey } from '@/lib/passkeys.ts';
import { askBy, providerProofPath, type StepUp } from '@/lib/step-up.ts';
import { useBeginPasskeyProof, useProveIdentity } from '../api/prove-identity.ts';

type Method = 'PASSWORD' | 'TOTP' | 'PASSKEY' | 'RECOVERY_CODE' | 'PROVIDER';

type Field = 'password' | 'totpCode' | 'recoveryCode' | 'passkey';

const methods: Record<Method, { link: string; field?: Field; button?: { label: string; icon: ReactNode } }> =
  {
    PASSWORD: { link: 'Use your password', field: 'password' },
    TOTP: { link: 'Use a code of your authenticator app', field: 'totpCode' },
    PASSKEY: {
      link: 'Use a passkey',
      field: 'passkey',
      button: { label: 'Show the passkey', icon: <IconFingerprint size={16} /> },
    },
    RECOVERY_CODE: { link: 'Use a recovery code', field: 'recoveryCode' },
    PROVIDER: {
      link: 'Sign in at your company once more',
      button: { label: 'Go there', icon: <IconLogin2 size={16} /> },
    },
  };

const known = (asked: StepUp): Method[] =>
  asked.methods.filter((method): method is Method => Object.hasOwn(methods, method));

interface ProofFormProps {
  asked: StepUp;
  onProven: () => void;
  onCancel: () => void;
}

function ProofForm({ asked, onProven, onCancel }: ProofFormProps) {
  const choices = known(asked);
  const [chosen, setChosen] = useState<Method | undefined>(choices[0]);
  const [problem, setProblem] = useState<string>();
  const [prove, { error, loading, reset }] = useProveIdentity();
  const [beginPasskey] = useBeginPasskeyProof();
  const form = useForm({ initialValues: { text: '' } });
  const { field, button } = chosen === undefined ? {} : methods[chosen];
  const refusal = refusalAt(error, field === undefined ? [] : [field]);

  async function submit({ text }: { text: string }) {
    if (chosen === 'PROVIDER' && asked.signInConnectionId !== undefined)
      return window.location.assign(providerProofPath(asked.signInConnectionId, window.location));
    if (field === undefined) return;
    setProblem(undefined);
    const shown = field === 'passkey' ? await passkey() : text;
    if (shown === undefined) return;
    // A refusal is shown through `error`.
    const result = await prove({ variables: { input: { [field]: shown } } }).catch(() => undefined);
    if (result?.data) onProven();
  }

  async function passkey() {
    const begun = await beginPasskey({ variables: { input: {} } }).catch(() => undefined);
    if (!begun?.data) return undefined;
    const shown = await showPasskey(begun.data.beginPasskeyProof.options as { challenge: string });
    if ('passkey' in shown) return shown.passkey;
    setProblem(shown.problem);
    return undefined;
  }

  function choose(method: Method) {
    setChosen(method);
    setProblem(undefined);
    reset();
    form.reset();
  }

  const said = (field !== undefined && refusal.at[field]) || problem;
  return (
    <form onSubmit={form.onSubmit(submit)} noValidate>
      <Stack gap="md">
        <Text>
          This takes a proof of the last ten minutes that it is you.
          {chosen !== 'PROVIDER' && ' Then it goes on by itself.'}
        </Text>
        {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
        {chosen === 'PASSWORD' && (
          <PasswordInput
            label="Your password"
            autoComplete="current-password"
            data-autofocus
            {...form.getInputProps('text')}
            error={said}
          />
        )}
        {(chosen === 'TOTP' || chosen === 'RECOVERY_CODE') && (
          <TextInput
            key={chosen}
            label={chosen === 'TOTP' ? 'Code of your authenticator app' : 'Recovery code'}
            autoComplete="one-time-code"
            inputMode={chosen === 'TOTP' ? 'numeric' : 'text'}
            data-autofocus
            {...form.getInputProps('text')}
            error={said}
          />
        )}
        {chosen === 'PASSKEY' && said && (
          <Text c="red" size="sm" role="alert">
            {said}
          </Text>
        )}
        {chosen === 'PROVIDER' && (
          <Text>You come back to this page. What you entered here is not kept: do it once more then.</Text>
        )}
        {chosen === undefined && <Text>Sign out and sign in again, then do it once more.</Text>}
        <Stack gap={6} align="flex-start">
          {choices
            .filter((method) => method !== chosen)
            .map((method) => (
              <Anchor key={method} component="button" type="button" size="sm" onClick={() => choose(method)}>
                {methods[method].link}
              </Anchor>
            ))}
        </Stack>
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          {chosen !== undefined && (
            <Button
              type="submit"
              loading={loading || form.submitting}
              leftSection={button?.icon}
              data-autofocus={button !== undefined || undefined}
            >
              {button?.label ?? 'It’s me'}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

interface Asked {
  readonly stepUp: StepUp;
  readonly answer: (proven: boolean) => void;
}

/** Asks whoever is signed in to prove who they are, when the server wants to know; what it refused is sent again then. */
export function StepUpDialog() {
  const [asked, setAsked] = useState<Asked>();
  useEffect(
    () =>
      askBy(
        (stepUp) =>
          new Promise((resolve) => {
            setAsked({
              stepUp,
              answer(proven) {
                setAsked(undefined);
                resolve(proven);
              },
            });
          }),
      ),
    [],
  );
  if (asked === undefined) return null;
  const { stepUp, answer } = asked;
  return (
    <Modal opened onClose={() => answer(false)} title="Is it you?" size="sm" zIndex={400}>
      <ProofForm asked={stepUp} onProven={() => answer(true)} onCancel={() => answer(false)} />
    </Modal>
  );
}
