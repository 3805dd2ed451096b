'use client';
import type { useMutation } from '@apollo/client/react';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ExpiryField } from './expiry-field.tsx';
import type { ExpiryPreset } from './token-expiry.ts';

interface Values {
  name: string;
  expiry: string;
}

interface Issued {
  issueToken: { secret: string };
}

interface IssueTokenFormProps<Form extends Values, Data extends Issued, Input> {
  form: UseFormReturnType<Form>;
  /** What it might be called. */
  placeholder: string;
  issuing: useMutation.ResultTuple<Data, { input: Input }>;
  toInput(values: Form): NoInfer<Input>;
  /** What kind of token it is, where there is a choice. */
  kind?: ReactNode;
  /** What the token is for. */
  children: ReactNode;
  expiry: readonly ExpiryPreset[];
  onSecret(secret: string): void;
  onClose(): void;
}

/** What is asked of every new token, and its issue. */
export function IssueTokenForm<Form extends Values, Data extends Issued, Input>({
  form,
  placeholder,
  issuing: [issue, { loading, error }],
  toInput,
  kind,
  children,
  expiry,
  onSecret,
  onClose,
}: IssueTokenFormProps<Form, Data, Input>) {
  const submit = form.onSubmit(async (values) => {
    // The form shows a refusal through `error`.
    const result = await issue({ variables: { input: toInput(values) } }).catch(() => undefined);
    if (result?.data) onSecret(result.data.issueToken.secret);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        {kind}
        <TextInput label="Name" placeholder={placeholder} data-autofocus {...form.getInputProps('name')} />
        {children}
        <ExpiryField presets={expiry} {...form.getInputProps('expiry')} />
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
