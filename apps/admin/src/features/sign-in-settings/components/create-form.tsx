'use client';
import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { CreatedConnection } from '../api/sign-in-connections.ts';

interface CreateFormProps {
  children: ReactNode;
  loading: boolean;
  /** What no field shows. */
  error: unknown;
  /** Sends it, and answers what came of it; undefined where it was refused. */
  onSubmit: () => Promise<CreatedConnection | undefined>;
}

/** A form whose end is a new sign-in connection, on whose page it goes on. */
export function CreateForm({ children, loading, error, onSubmit }: CreateFormProps) {
  const router = useRouter();
  const submit = async () => {
    const created = await onSubmit();
    if (!created) return;
    const { id, name } = created.createSignInConnection.signInConnection;
    notifications.show({ message: `People can sign in with ${name}` });
    router.push(`/sign-in-settings/${id}`);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      noValidate
    >
      <Stack gap="md">
        {Boolean(error) && <ErrorState error={error} />}
        {children}
        <Group justify="flex-end">
          <Button variant="default" component={Link} href="/sign-in-settings">
            Cancel
          </Button>
          <Button type="submit" loading={loading}>
            Create
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
