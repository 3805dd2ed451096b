'use client';
import { useForm } from '@mantine/form';
import { PermissionChecklist } from '@/components/permissions/permission-checklist.tsx';
import { defaultPermissions } from '@/components/permissions/reading-permissions.ts';
import { SecretModal } from '@/components/secrets/secret-modal.tsx';
import { useIssueOwnToken } from '@/components/tokens/change-tokens.ts';
import { IssueTokenForm } from '@/components/tokens/issue-token-form.tsx';
import { ownExpiresAt, ownExpiryPresets } from '@/components/tokens/token-expiry.ts';
import type { Profile } from '../api/profile.ts';

interface IssueOwnTokenProps {
  permissions: Profile['permissions'];
  onClose: () => void;
}

/** Issues a token that acts for whoever is signed in, then shows its secret once. */
export function IssueOwnTokenModal({ permissions, onClose }: IssueOwnTokenProps) {
  const issuing = useIssueOwnToken();
  const form = useForm({
    initialValues: { name: '', permissions: defaultPermissions(permissions), expiry: '90' },
    validate: {
      name: (value) => (value.trim() ? null : 'Name it after what will use it'),
      permissions: (value) => (value.length === 0 ? 'Choose at least one permission' : null),
    },
  });
  return (
    <SecretModal title="Issue a token that acts for you" onClose={onClose}>
      {(showSecret) => (
        <IssueTokenForm
          form={form}
          placeholder="Script on my laptop"
          issuing={issuing}
          toInput={({ name, expiry, ...values }) => ({
            name: name.trim(),
            permissions: values.permissions,
            expiresAt: ownExpiresAt(expiry, Date.now()),
          })}
          expiry={ownExpiryPresets}
          onSecret={showSecret}
          onClose={onClose}
        >
          <PermissionChecklist permissions={permissions} {...form.getInputProps('permissions')} />
        </IssueTokenForm>
      )}
    </SecretModal>
  );
}
