'use client';
import { ActionIcon, Alert, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useChangeCertificates, useRefreshMetadata } from '../api/saml-upkeep.ts';
import type { Certificate, SamlSettings } from '../api/sign-in-connections.ts';
import { subjectName } from '../certificates.ts';
import { AddCertificateModal } from './add-certificate-modal.tsx';
import { CertificateCard } from './certificate-card.tsx';

interface OfConnection {
  id: string;
  saml: SamlSettings;
}

/** Where the certificates are read once a day, how that went the last time, and a way to have it done now. */
function Metadata({ id, saml: { metadataUrl, metadataCheckedAt, metadataProblem } }: OfConnection) {
  const [refresh, { loading, error }] = useRefreshMetadata();
  if (metadataUrl === null) return null;
  const input = { signInConnectionId: id };
  return (
    <Stack gap="xs">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Text c="dimmed" size="sm" style={{ overflowWrap: 'anywhere' }}>
          Read once a day from {metadataUrl}; last <TimeAgo at={metadataCheckedAt} never="not yet" />
        </Text>
        <Button
          variant="default"
          style={{ flexShrink: 0 }}
          loading={loading}
          onClick={() => refresh({ variables: { input } }).catch(() => undefined)}
        >
          Refresh now
        </Button>
      </Group>
      {error && <ErrorState error={error} />}
      {metadataProblem && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconAlertTriangle size={18} />}
          title="The metadata were not taken"
          role="note"
        >
          <span style={{ overflowWrap: 'anywhere' }}>
            {metadataProblem} What was known of the provider stays.
          </span>
        </Alert>
      )}
    </Stack>
  );
}

function RemoveCertificateModal({
  id,
  saml,
  certificate,
  onClose,
}: OfConnection & { certificate: Certificate; onClose: () => void }) {
  const certificates = saml.certificates.map(({ pem }) => pem).filter((pem) => pem !== certificate.pem);
  return (
    <ConfirmModal
      question={`Remove the certificate ${subjectName(certificate.subject)}?`}
      act="Remove it"
      mutation={useChangeCertificates()}
      input={{ id, saml: { certificates } }}
      done="The certificate is removed"
      onClose={onClose}
    >
      <Text>What the provider signs with it is refused from now on.</Text>
      {saml.metadataUrl && (
        <Text>
          The certificates are no longer read from <b>{saml.metadataUrl}</b> then.
        </Text>
      )}
    </ConfirmModal>
  );
}

/** With what the provider signs: from its metadata, or one by one. */
export function ProviderCertificates({ id, saml }: OfConnection) {
  const [open, setOpen] = useState<'add' | Certificate>();
  const close = () => setOpen(undefined);
  const isOnly = saml.certificates.length === 1;
  return (
    <Section
      title="Certificates of the provider"
      count={saml.certificates.length}
      action={
        <Button variant="default" aria-label="Add a certificate" onClick={() => setOpen('add')}>
          Add
        </Button>
      }
    >
      <Stack gap="md">
        <Metadata id={id} saml={saml} />
        {saml.certificates.map((certificate) => (
          <CertificateCard
            key={certificate.fingerprint}
            certificate={certificate}
            actions={
              <Tooltip label="One has to stay: add another first" disabled={!isOnly}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove ${subjectName(certificate.subject)}`}
                  data-disabled={isOnly || undefined}
                  aria-disabled={isOnly}
                  onClick={() => !isOnly && setOpen(certificate)}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            }
          />
        ))}
      </Stack>
      {open === 'add' && <AddCertificateModal id={id} saml={saml} onClose={close} />}
      {open !== undefined && open !== 'add' && (
        <RemoveCertificateModal id={id} saml={saml} certificate={open} onClose={close} />
      )}
    </Section>
  );
}
