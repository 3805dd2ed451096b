'use client';
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { PermissionChecklist } from '@/components/permissions/permission-checklist.tsx';
import { defaultPermissions } from '@/components/permissions/reading-permissions.ts';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import { useIssueToken } from '@/components/tokens/change-tokens.ts';
import { ExpiryField } from '@/components/tokens/expiry-field.tsx';
import { expiresAt } from '@/components/tokens/token-expiry.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import type { Profile } from '../api/profile.ts';

interface IssueOwnTokenProps {
  permissions: Profile['permissions'];
  onClose: () => void;
}

function IssueForm({
  permissions,
  onClose,
  onSecret,
}: IssueOwnTokenProps & { onSecret: (secret: string) => void }) {
  const [issue, { loading, error }] = useIssueToken();
  const form = useForm({
    initialValues: { name: '', permissions: defaultPermissions(permissions), expiry: '90' },
    validate: {
      name: (value) => (value.trim() ? null : 'Name it after what will use it'),
      permissions: (value) => (value.length === 0 ? 'Choose at least one permission' : null),
    },
  });
  const submit = form.onSubmit(async ({ name, permissions: chosen, expiry }) => {
    const input = {
      kind: 'API' as const,
      name: name.trim(),
      permissions: chosen,
      expiresAt: expiresAt(expiry, Date.now()),
    };
    // The form shows a refusal through `error`.
    const result = await issue({ variables: { input } }).catch(() => undefined);
    if (result?.data) onSecret(result.data.issueToken.secret);
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <TextInput
          label="Name"
          placeholder="Script on my laptop"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <PermissionChecklist permissions={permissions} {...form.getInputProps('permissions')} />
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

/** Issues a token that acts for whoever is signed in, then shows its secret once. */
export function IssueOwnTokenModal({ permissions, onClose }: IssueOwnTokenProps) {
  return (
    <SecretModal title="Issue a token that acts for you" onClose={onClose}>
      {(showSecret) => <IssueForm permissions={permissions} onClose={onClose} onSecret={showSecret} />}
    </SecretModal>
  );
}
