'use client';
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import Link from 'next/link';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type LinkedIdentity, useLinkedIdentities } from '../api/linked-identities.ts';
import type { PersonDetails } from '../api/person.ts';
import { useAccessPowers } from '../api/person-access.ts';
import { LinkIdentityModal } from './link-identity-modal.tsx';
import { UnlinkIdentityModal } from './unlink-identity-modal.tsx';

interface IdentityProps {
  identity: LinkedIdentity;
  /** Left out where nobody may. */
  onUnlink?: (() => void) | undefined;
}

function Identity({ identity, onUnlink }: IdentityProps) {
  const { subject, createdAt, lastUsedAt, signInConnection } = identity;
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm">
      <div>
        <Text component={Link} href={`/sign-in-settings/${signInConnection.id}`} fw={500}>
          {signInConnection.name}
        </Text>
        <Text size="xs" style={{ overflowWrap: 'anywhere' }}>
          {subject}
        </Text>
        <Text c="dimmed" size="xs">
          linked <TimeAgo at={createdAt} /> ·{' '}
          {lastUsedAt ? (
            <>
              last used <TimeAgo at={lastUsedAt} />
            </>
          ) : (
            'never used'
          )}
        </Text>
      </div>
      {onUnlink && (
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          onClick={onUnlink}
          aria-label={`Unlink ${subject} of ${signInConnection.name}`}
          style={{ flexShrink: 0 }}
        >
          Unlink
        </Button>
      )}
    </Group>
  );
}

/** As whom identity providers know a person who signs in there; links are made and taken back by hand. */
export function PersonIdentities({ person }: { person: PersonDetails }) {
  const { readsSignIn, writesSignIn } = useAccessPowers();
  const { links, loading, error, loadMore } = useLinkedIdentities(readsSignIn ? person.id : undefined);
  const [linking, link] = useDisclosure(false);
  const [unlinked, setUnlinked] = useState<LinkedIdentity>();
  if (!readsSignIn) return null;
  const mayLink = writesSignIn && person.status !== 'DEPROVISIONED';
  return (
    <Section
      title="Linked sign-ins"
      {...(links && { count: links.totalCount })}
      action={
        mayLink && (
          <Button variant="default" leftSection={<IconPlus size={14} />} onClick={link.open}>
            Link by hand
          </Button>
        )
      }
    >
      {error && <ErrorState error={error} />}
      {!links && !error && <Skeleton height={40} />}
      {links?.totalCount === 0 && (
        <Text c="dimmed">Not linked yet. The first sign-in at an identity provider links them.</Text>
      )}
      <Stack gap="sm">
        {links?.nodes.map((identity) => (
          <Identity
            key={identity.id}
            identity={identity}
            onUnlink={writesSignIn ? () => setUnlinked(identity) : undefined}
          />
        ))}
      </Stack>
      {links?.pageInfo.hasNextPage && (
        <Button mt="sm" variant="subtle" color="gray" loading={loading} onClick={loadMore}>
          More
        </Button>
      )}
      {linking && <LinkIdentityModal person={person} onClose={link.close} />}
      {unlinked && (
        <UnlinkIdentityModal person={person} identity={unlinked} onClose={() => setUnlinked(undefined)} />
      )}
    </Section>
  );
}
