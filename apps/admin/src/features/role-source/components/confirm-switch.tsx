'use client';
import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { losesOwnAccess, refusalAt } from '@/lib/graphql/refusal.ts';
import { type Preview, useSetRoleSource } from '../api/role-source.ts';
import { grantsInWords } from './in-words.ts';

interface ConfirmSwitchProps {
  preview: Preview;
  onStale(): void;
}

/** Erases what is shown, once its number is typed; where it takes the own access it is asked once more. */
export function ConfirmSwitch({ preview: { grantCount, version }, onStale }: ConfirmSwitchProps) {
  const [typed, setTyped] = useState('');
  const [save, { loading, error, reset }] = useSetRoleSource();
  const { at, other } = refusalAt(error, ['erasedGrants', 'ifVersion']);
  const isStale = at.erasedGrants !== undefined || at.ifVersion !== undefined;
  const confirming = losesOwnAccess(error);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = {
      roleSource: 'SCIM' as const,
      erasedGrants: Number(typed),
      ifVersion: version,
      evenIfILoseAccess: confirming,
    };
    // The form shows a refusal through `error`.
    const result = await save({ variables: { input } }).catch(() => undefined);
    if (!result?.data) {
      setTyped((text) => (confirming ? '' : text));
      onStale();
      return;
    }
    const erased = grantsInWords(result.data.setRoleSource.erasedGrantCount);
    notifications.show({ message: `Roles come from SCIM alone now; ${erased} erased` });
  };
  const wanted = String(grantCount);
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={`Type ${wanted} to erase ${grantsInWords(grantCount)}`}
          description="It can not be undone: switching back brings nothing back."
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value.trim());
            reset();
          }}
          maw={360}
        />
        {isStale && (
          <Alert
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle size={18} />}
            title="Roles were changed meanwhile"
            role="alert"
          >
            Nothing has been erased. The list above is read anew: look at it, and type its number.
          </Alert>
        )}
        {confirming && (
          <Alert
            color="yellow"
            variant="light"
            icon={<IconAlertTriangle size={18} />}
            title="This takes your own access"
            role="alert"
          >
            You could not change roles any more, and not switch back. Nothing has been changed yet.
          </Alert>
        )}
        {!confirming && Boolean(other) && <ErrorState error={other} />}
        <Group>
          <Button type="submit" color="red" loading={loading} disabled={typed !== wanted}>
            {confirming
              ? 'Switch, and lose my access'
              : `Erase ${grantsInWords(grantCount)} and switch to SCIM`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
