'use client';
import { Alert, Anchor, Button, Checkbox, Group, Radio, Skeleton, Stack, Switch } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { toApiError } from '@/lib/graphql/api-error.ts';
import { type SignInPolicy, useSignInPolicy, useUpdateSignInPolicy } from '../api/sign-in-policy.ts';

type Whom = SignInPolicy['secondFactor'];

const choices: readonly { value: Whom; label: string; description: string }[] = [
  {
    value: 'OPTIONAL',
    label: 'Whoever has set one up',
    description: 'It is asked for after their password.',
  },
  {
    value: 'WITH_PASSWORD',
    label: 'Everybody who signs in with a password',
    description: 'Whoever has none sets one up when they sign in, and can do nothing else before.',
  },
  {
    value: 'ALWAYS',
    label: 'Everybody',
    description: 'Whoever signs in at a provider is refused unless the provider says that it asked for one.',
  },
];

function told(ended: number): string {
  if (ended === 0) return 'The policy is saved';
  return ended === 1
    ? 'The policy is saved; one session without a second factor ended'
    : `The policy is saved; ${ended.toLocaleString('en')} sessions without a second factor ended`;
}

function PolicyForm({ policy }: { policy: SignInPolicy }) {
  const [whom, setWhom] = useState(policy.secondFactor);
  const [stepUp, setStepUp] = useState(policy.stepUp);
  const [evenIfIHaveNone, setEven] = useState(false);
  const [update, { loading, error, reset }] = useUpdateSignInPolicy();
  const hasNone = Boolean(error) && toApiError(error).field === 'evenIfIHaveNone';
  const isChanged = whom !== policy.secondFactor || stepUp !== policy.stepUp;
  const asksMore = policy.secondFactor === 'OPTIONAL' && whom !== 'OPTIONAL';
  const undo = () => {
    setWhom(policy.secondFactor);
    setStepUp(policy.stepUp);
    setEven(false);
    reset();
  };
  const save = async () => {
    const input = { secondFactor: whom, stepUp, evenIfIHaveNone };
    // The form shows a refusal through `error`.
    const result = await update({ variables: { input } }).catch(() => undefined);
    if (!result?.data) return;
    setEven(false);
    notifications.show({ message: told(result.data.updateSignInPolicy.endedSessionIds.length) });
  };
  return (
    <Stack gap="lg">
      {error && !hasNone && <ErrorState error={error} />}
      <Radio.Group
        label="Who is asked for a second factor"
        value={whom}
        onChange={(value) => setWhom(choices.find((each) => each.value === value)?.value ?? whom)}
      >
        <Stack gap="sm" mt="xs">
          {choices.map((each) => (
            <Radio key={each.value} size="sm" {...each} />
          ))}
        </Stack>
      </Radio.Group>
      <Switch
        label="Ask again before what is dangerous"
        description="Issuing tokens, giving roles, ending sessions and changing how people sign in take a proof of the last ten minutes."
        checked={stepUp}
        onChange={(event) => setStepUp(event.currentTarget.checked)}
      />
      {asksMore && !hasNone && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} role="note">
          Whoever is signed in with a password and has no second factor is signed out; you stay signed in
          here.
        </Alert>
      )}
      {hasNone && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle size={18} />}
          title="You have no second factor yourself"
        >
          <Stack gap="sm">
            <span>
              You would have to set one up the next time you sign in.{' '}
              <Anchor component={Link} href="/profile" inherit c="inherit" underline="always">
                Set one up first
              </Anchor>
            </span>
            <Checkbox
              label="I set one up when I sign in the next time"
              checked={evenIfIHaveNone}
              onChange={(event) => setEven(event.currentTarget.checked)}
            />
          </Stack>
        </Alert>
      )}
      <Group justify="flex-end">
        <Button variant="default" disabled={!isChanged} onClick={undo}>
          Undo
        </Button>
        <Button
          disabled={!isChanged || (hasNone && asksMore && !evenIfIHaveNone)}
          loading={loading}
          onClick={save}
        >
          Save
        </Button>
      </Group>
    </Stack>
  );
}

/** What the account asks of people who sign in, beside a password. */
export function SignInPolicyForm() {
  const { policy, error, refetch } = useSignInPolicy();
  return (
    <Section title="Second factors">
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!policy && !error && <Skeleton height={180} />}
      {policy && <PolicyForm key={`${policy.secondFactor} ${policy.stepUp}`} policy={policy} />}
    </Section>
  );
}
