'use client';
import { ActionIcon, Alert, Button, Group, Stack, Text, Tooltip } from '@mantine/core';
import {
  IconAlertTriangle,
  IconDownload,
  IconHistory,
  IconSignature,
  IconSparkles,
} from '@tabler/icons-react';
import { useState } from 'react';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { Section } from '@/components/ui/section.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { download } from '@/lib/files/download.ts';
import { useRenewKeyPair, useRetireKeyPair, useSwitchKeyPair } from '../api/saml-upkeep.ts';
import type { Certificate, SamlSettings } from '../api/sign-in-connections.ts';
import { CertificateCard } from './certificate-card.tsx';

const looks = {
  signs: { color: 'teal', icon: IconSignature, label: 'Signs' },
  newer: { color: 'blue', icon: IconSparkles, label: 'New' },
  older: { color: 'gray', icon: IconHistory, label: 'Old' },
} as const satisfies Record<string, StateLook>;

interface ActProps {
  signInConnectionId: string;
  fingerprint: string;
  onClose(): void;
}

function RenewModal({ signInConnectionId, onClose }: Omit<ActProps, 'fingerprint'>) {
  return (
    <ConfirmModal
      question="Renew our key pair?"
      act="Renew"
      color="primary"
      keep="Cancel"
      mutation={useRenewKeyPair()}
      input={{ signInConnectionId }}
      done="There is a second key pair"
      onClose={onClose}
    >
      <Text>
        A second key pair is made, and our metadata have both certificates. Nothing changes for anybody until
        we sign with the new one, which you say once the provider knows it.
      </Text>
    </ConfirmModal>
  );
}

function SwitchKeyPairModal({ onClose, ...input }: ActProps) {
  return (
    <ConfirmModal
      question="Sign with this key pair?"
      act="Sign with it"
      color="primary"
      keep="Cancel"
      mutation={useSwitchKeyPair()}
      input={input}
      done="We sign with it from now on"
      onClose={onClose}
    >
      <Text>
        The provider has to know its certificate already. What is encrypted for the other one is opened as
        before, and you can switch back.
      </Text>
    </ConfirmModal>
  );
}

function RetireModal({ onClose, ...input }: ActProps) {
  return (
    <ConfirmModal
      question="Retire this key pair?"
      act="Retire it"
      mutation={useRetireKeyPair()}
      input={input}
      done="The key pair is retired"
      onClose={onClose}
    >
      <Text>
        It is forgotten and can not come back: what the provider still encrypts for it is refused, and nobody
        signs in by that.
      </Text>
    </ConfirmModal>
  );
}

/** What is to be done next while there are two key pairs. */
const nextStep = (newerSigns: boolean): string =>
  newerSigns
    ? 'We sign with the new one. As soon as the provider encrypts for it as well, or encrypts nothing, retire the old one.'
    : 'Have the provider read our metadata again, or give it the new certificate; then sign with it.';

function DownloadButton({ certificate: { pem, fingerprint } }: { certificate: Certificate }) {
  const name = `rollcall-${fingerprint.slice(0, 8).replaceAll(':', '').toLowerCase()}.crt`;
  return (
    <Tooltip label="Download as PEM">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label="Download the certificate"
        onClick={() => download(pem, name, 'application/x-x509-ca-cert')}
      >
        <IconDownload size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

/** By what the provider knows us: our certificate, and its renewal in three acts. */
export function OwnCertificates({
  id,
  saml: { ownCertificate, ownKeyPairs },
}: {
  id: string;
  saml: SamlSettings;
}) {
  const [open, setOpen] = useState<{ act: 'renew' | 'switch' | 'retire'; fingerprint: string }>();
  const act = { signInConnectionId: id, onClose: () => setOpen(undefined) };
  const fingerprint = open?.fingerprint ?? '';
  const isRenewing = ownKeyPairs.length > 1;
  return (
    <Section
      title="Our certificate"
      action={
        !isRenewing && (
          <Button variant="default" onClick={() => setOpen({ act: 'renew', fingerprint })}>
            Renew
          </Button>
        )
      }
    >
      <Stack gap="md">
        {ownCertificate.expiresSoon && !isRenewing && (
          <Alert color="yellow" variant="light" icon={<IconAlertTriangle size={18} />} role="note">
            It ends <TimeAgo at={ownCertificate.validUntil} />. Renew it before the provider refuses what we
            sign.
          </Alert>
        )}
        <Text c="dimmed">
          {isRenewing
            ? nextStep(ownKeyPairs.at(-1)?.signs ?? false)
            : 'The provider verifies by it what we sign, and encrypts for it. It is in our metadata.'}
        </Text>
        {ownKeyPairs.map(({ certificate, signs }, index) => (
          <CertificateCard
            key={certificate.fingerprint}
            certificate={certificate}
            mark={
              isRenewing && (
                <>
                  <StateBadge look={index === 0 ? looks.older : looks.newer} />
                  {signs && <StateBadge look={looks.signs} />}
                </>
              )
            }
            actions={<DownloadButton certificate={certificate} />}
          >
            {!signs && (
              <Group gap="xs" mt={4}>
                <Button
                  variant="default"
                  onClick={() => setOpen({ act: 'switch', fingerprint: certificate.fingerprint })}
                >
                  Sign with it
                </Button>
                <Button
                  variant="default"
                  onClick={() => setOpen({ act: 'retire', fingerprint: certificate.fingerprint })}
                >
                  Retire it
                </Button>
              </Group>
            )}
          </CertificateCard>
        ))}
      </Stack>
      {open?.act === 'renew' && <RenewModal {...act} />}
      {open?.act === 'switch' && <SwitchKeyPairModal {...act} fingerprint={fingerprint} />}
      {open?.act === 'retire' && <RetireModal {...act} fingerprint={fingerprint} />}
    </Section>
  );
}
