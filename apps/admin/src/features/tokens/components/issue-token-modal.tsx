'use client';
import { Button, Group, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { PermissionChecklist } from '@/components/permissions/permission-checklist.tsx';
import { defaultPermissions } from '@/components/permissions/reading-permissions.ts';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import { useIssueToken } from '@/components/tokens/change-tokens.ts';
import { ExpiryField } from '@/components/tokens/expiry-field.tsx';
import { expiresAt } from '@/components/tokens/token-expiry.ts';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type TokenOptions, useTokenOptions } from '../api/tokens.ts';

interface IssueFormProps {
  options: TokenOptions;
  onClose: () => void;
  onSecret: (secret: string) => void;
}

const kinds = [
  { value: 'SCIM', label: 'For an identity provider' },
  { value: 'API', label: 'For an internal tool' },
];

function useIssueForm({ permissions, connections }: TokenOptions) {
  const only = connections.nodes.length === 1 ? (connections.nodes[0]?.id ?? null) : null;
  return useForm({
    initialValues: {
      kind: connections.nodes.length > 0 ? 'SCIM' : 'API',
      name: '',
      connectionId: only,
      permissions: defaultPermissions(permissions),
      expiry: '365',
    },
    validate: {
      name: (value) => (value.trim() ? null : 'Name it after the machine that will use it'),
      connectionId: (value, { kind }) =>
        kind === 'SCIM' && !value ? 'Choose the connection it is for' : null,
      permissions: (value, { kind }) =>
        kind === 'API' && value.length === 0 ? 'Choose at least one permission' : null,
    },
  });
}

function IssueForm({ options, onClose, onSecret }: IssueFormProps) {
  const form = useIssueForm(options);
  const [issue, { loading, error }] = useIssueToken();
  const scim = form.values.kind === 'SCIM';

  const submit = form.onSubmit(async ({ name, connectionId, permissions, expiry }) => {
    const common = { name: name.trim(), expiresAt: expiresAt(expiry, Date.now()) };
    const input = scim
      ? { ...common, kind: 'SCIM' as const, connectionId }
      : { ...common, kind: 'API' as const, permissions };
    // The form shows a refusal through `error`.
    const result = await issue({ variables: { input } }).catch(() => undefined);
    if (result?.data) onSecret(result.data.issueToken.secret);
  });

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <SegmentedControl size="xs" fullWidth data={kinds} {...form.getInputProps('kind')} />
        <TextInput
          label="Name"
          placeholder={scim ? 'Entra ID provisioning' : 'Data warehouse'}
          data-autofocus
          {...form.getInputProps('name')}
        />
        {scim ? (
          <Select
            label="Connection"
            placeholder={options.connections.nodes.length ? 'Choose' : 'Create one under Provisioning first'}
            data={options.connections.nodes.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('connectionId')}
          />
        ) : (
          <PermissionChecklist permissions={options.permissions} {...form.getInputProps('permissions')} />
        )}
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

/** Issues a token, then shows its secret once. */
export function IssueTokenModal({ onClose }: { onClose: () => void }) {
  const options = useTokenOptions();
  return (
    <SecretModal title="Issue a token" onClose={onClose}>
      {(showSecret) => options && <IssueForm options={options} onClose={onClose} onSecret={showSecret} />}
    </SecretModal>
  );
}
