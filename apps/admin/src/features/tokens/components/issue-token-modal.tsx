'use client';
import { SegmentedControl, Select } from '@mantine/core';
import { useForm } from '@mantine/form';
import { PermissionChecklist } from '@/components/permissions/permission-checklist.tsx';
import { defaultPermissions } from '@/components/permissions/reading-permissions.ts';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import { useIssueToken } from '@/components/tokens/change-tokens.ts';
import { IssueTokenForm } from '@/components/tokens/issue-token-form.tsx';
import { expiresAt, expiryPresets } from '@/components/tokens/token-expiry.ts';
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
  const scim = form.values.kind === 'SCIM';
  const connections = options.connections.nodes;
  return (
    <IssueTokenForm
      form={form}
      placeholder={scim ? 'Entra ID provisioning' : 'Data warehouse'}
      issuing={useIssueToken()}
      toInput={({ name, connectionId, permissions, expiry }) => ({
        name: name.trim(),
        expiresAt: expiresAt(expiry, Date.now()),
        ...(scim ? { kind: 'SCIM' as const, connectionId } : { kind: 'API' as const, permissions }),
      })}
      expiry={expiryPresets}
      kind={<SegmentedControl size="xs" fullWidth data={kinds} {...form.getInputProps('kind')} />}
      onSecret={onSecret}
      onClose={onClose}
    >
      {scim ? (
        <Select
          label="Connection"
          placeholder={connections.length ? 'Choose' : 'Create one under Provisioning first'}
          data={connections.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.getInputProps('connectionId')}
        />
      ) : (
        <PermissionChecklist permissions={options.permissions} {...form.getInputProps('permissions')} />
      )}
    </IssueTokenForm>
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
