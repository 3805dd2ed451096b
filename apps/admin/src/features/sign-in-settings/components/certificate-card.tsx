'use client';
import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { StateBadge, type StateLook } from '@/components/ui/state-badge.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';
import type { Certificate } from '../api/sign-in-connections.ts';
import { subjectName } from '../certificates.ts';
import classes from './sign-in-settings.module.css';

const soon: StateLook = { color: 'yellow', icon: IconAlertTriangle, label: 'Expires soon' };
const over: StateLook = { color: 'red', icon: IconAlertTriangle, label: 'Expired' };

interface CertificateCardProps {
  certificate: Certificate;
  /** What is special about it, beside when it ends. */
  mark?: ReactNode;
  actions: ReactNode;
  /** What stands below it. */
  children?: ReactNode;
}

/** A certificate: whose it is, until when, its fingerprint, and what can be done with it. */
export function CertificateCard({ certificate, mark, actions, children }: CertificateCardProps) {
  const { subject, fingerprint, validUntil, expiresSoon } = certificate;
  const isOver = Date.parse(validUntil) <= Date.now();
  const { moment } = useTimeWriter();
  return (
    <Stack gap={6} className={classes.record} role="group" aria-label={`Certificate ${fingerprint}`}>
      <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
        <Group gap="xs">
          <Text fw={500} style={{ overflowWrap: 'anywhere' }}>
            {subjectName(subject)}
          </Text>
          {mark}
          {expiresSoon && <StateBadge look={isOver ? over : soon} />}
        </Group>
        <Group gap={4} wrap="nowrap">
          {actions}
        </Group>
      </Group>
      <Text c="dimmed" size="xs">
        Valid until {moment(Date.parse(validUntil))} · <TimeAgo at={validUntil} />
      </Text>
      <CopyableCode value={fingerprint} label="SHA-256 fingerprint" />
      {children}
    </Stack>
  );
}
