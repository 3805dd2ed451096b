'use client';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { type Domain, useDomains } from '../api/domains.ts';
import { AddDomainModal } from './add-domain-modal.tsx';
import { DomainCard } from './domain-card.tsx';
import { RemoveDomainModal } from './remove-domain-modal.tsx';

/** The domains whose addresses lead to a provider, and how far each is proven. */
export function Domains() {
  const { domains, error, refetch } = useDomains();
  const [adding, add] = useDisclosure(false);
  const [removed, setRemoved] = useState<Domain>();
  return (
    <Section
      title="Domains"
      {...(domains && { count: domains.length })}
      action={
        <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add.open}>
          Add a domain
        </Button>
      }
    >
      <Text c="dimmed" mb="md" maw={720}>
        Who types an address of a proven domain on the sign-in page goes on to your provider. Where a
        connection finds people by their address, only addresses of proven domains count.
      </Text>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!domains && !error && <Skeleton height={80} />}
      <Stack gap="sm">
        {domains?.map((domain) => (
          <DomainCard key={domain.id} domain={domain} onRemove={() => setRemoved(domain)} />
        ))}
        {domains?.length === 0 && (
          <Text c="dimmed">No domain yet. You prove one by a TXT record at your DNS provider.</Text>
        )}
      </Stack>
      {adding && <AddDomainModal onClose={add.close} />}
      {removed && <RemoveDomainModal domain={removed} onClose={() => setRemoved(undefined)} />}
    </Section>
  );
}
