'use client';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { VariablesOf } from '@/lib/graphql/graphql.ts';
import { type issueTokenMutation, useIssueToken } from './change-tokens.ts';
import { ExpiryField } from './expiry-field.tsx';
import { expiresAt } from './token-expiry.ts';

type IssueTokenInput = VariablesOf<typeof issueTokenMutation>['input'];

interface IssueTokenFormProps<Values extends { name: string; expiry: string }> {
  form: UseFormReturnType<Values>;
  /** What it might be called. */
  placeholder: string;
  /** All but the name and the expiry. */
  toInput(values: Values): Omit<IssueTokenInput, 'name' | 'expiresAt'>;
  /** What kind of token it is, where there is a choice. */
  kind?: ReactNode;
  /** What the token is for. */
  children: ReactNode;
  onSecret(secret: string): void;
  onClose(): void;
}

/** What is asked of every new token, and its issue. */
export function IssueTokenForm<Values extends { name: string; expiry: string }>({
  form,
  placeholder,
  toInput,
  kind,
  children,
  onSecret,
  onClose,
}: IssueTokenFormProps<Values>) {
  const [issue, { loading, error }] = useIssueToken();
  const submit = form.onSubmit(async (values) => {
    const { name, expiry } = values;
    const input = { ...toInput(values), name: name.trim(), expiresAt: expiresAt(expiry, Date.now()) };
    // The form shows a refusal through `error`.
    const result = await issue({ variables: { input } }).catch(() => undefined);
    if (result?.data) onSecret(result.data.issueToken.secret);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        {kind}
        <TextInput label="Name" placeholder={placeholder} data-autofocus {...form.getInputProps('name')} />
        {children}
        <ExpiryField {...form.getInputProps('expiry')} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={loading}>
            Issue the token
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
