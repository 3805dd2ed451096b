'use client';
import { Button, FileButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { refusalAt } from '@/lib/graphql/refusal.ts';
import { useChangeCertificates } from '../api/saml-upkeep.ts';
import type { SamlSettings } from '../api/sign-in-connections.ts';
import { certificateIn, certificatesIn } from '../certificates.ts';

interface AddCertificateModalProps {
  id: string;
  saml: SamlSettings;
  onClose(): void;
}

/** Takes another certificate of the provider beside those that are there, from a file or as text. */
export function AddCertificateModal({ id, saml, onClose }: AddCertificateModalProps) {
  const [text, setText] = useState('');
  const [change, { loading, error, reset }] = useChangeCertificates();
  const refusal = refusalAt(error, ['saml.certificates']);
  const submit = async () => {
    const certificates = [...saml.certificates.map(({ pem }) => pem), ...certificatesIn(text)];
    // The dialog shows a refusal through `error`.
    const result = await change({ variables: { input: { id, saml: { certificates } } } }).catch(
      () => undefined,
    );
    if (!result?.data) return;
    notifications.show({ message: 'What is signed with the certificate is taken from now on' });
    onClose();
  };
  const take = (given: string) => {
    // What was wrong with the text before is not said of this one.
    reset();
    setText(given);
  };
  const read = async (file: File | null) => {
    if (file) take(await certificateIn(file));
  };
  return (
    <Modal opened onClose={onClose} title="Add a certificate of the provider">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        noValidate
      >
        <Stack gap="md">
          {Boolean(refusal.other) && <ErrorState error={refusal.other} />}
          <Text>
            Add the new one before the provider changes, and remove the old one afterwards: nobody is kept out
            in between.
          </Text>
          {saml.metadataUrl && (
            <Text>
              From then on the certificates are no longer read from <b>{saml.metadataUrl}</b>.
            </Text>
          )}
          <Textarea
            label="Certificate"
            description="As PEM, from the provider’s page or file."
            placeholder="-----BEGIN CERTIFICATE-----"
            autosize
            minRows={5}
            maxRows={10}
            spellCheck={false}
            data-autofocus
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            value={text}
            error={refusal.at['saml.certificates']}
            onChange={(event) => take(event.currentTarget.value)}
          />
          <Group justify="space-between">
            <FileButton onChange={read} accept=".pem,.crt,.cer,.der,.cert,application/x-x509-ca-cert">
              {(props) => (
                <Button variant="default" leftSection={<IconFileUpload size={14} />} {...props}>
                  Choose a file
                </Button>
              )}
            </FileButton>
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={loading} disabled={text.trim() === ''}>
                Add
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
