'use client';
import { Text } from '@mantine/core';
import { ConfirmModal } from '@/components/ui/confirm-modal.tsx';
import { type Domain, useRemoveDomain } from '../api/domains.ts';
import { steers } from '../api/sign-in-connections.ts';

/** Removes a domain after saying what ends with it. */
export function RemoveDomainModal({ domain, onClose }: { domain: Domain; onClose: () => void }) {
  return (
    <ConfirmModal
      question={`Remove ${domain.name}?`}
      act="Remove"
      mutation={useRemoveDomain()}
      input={{ id: domain.id }}
      done={`${domain.name} is removed`}
      onClose={onClose}
    >
      <Text>
        {steers(domain)
          ? 'Its addresses lead nobody to your provider any more, and nobody new is found or created by them. Who is linked already stays linked and goes on signing in.'
          : 'It is not proven, so nothing else changes.'}
      </Text>
    </ConfirmModal>
  );
}
