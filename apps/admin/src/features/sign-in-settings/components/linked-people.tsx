'use client';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { useLinkedPeople } from '../api/sign-in-connections.ts';

/** Whom the provider means by which subject. */
export function LinkedPeople({ id }: { id: string }) {
  const { links, loading, error, loadMore } = useLinkedPeople(id);
  return (
    <Section title="Linked people" {...(links && { count: links.totalCount })}>
      {error && <ErrorState error={error} />}
      {!links && !error && <Skeleton height={60} />}
      {links?.totalCount === 0 && (
        <Text c="dimmed">Nobody has signed in here yet. Each first sign-in links a person.</Text>
      )}
      <Stack gap="sm">
        {links?.nodes.map(({ id: linkId, subject, createdAt, user }) => (
          <div key={linkId}>
            <PersonLabel person={user} />
            <Text c="dimmed" size="xs" style={{ overflowWrap: 'anywhere' }}>
              {subject} · linked <TimeAgo at={createdAt} />
            </Text>
          </div>
        ))}
      </Stack>
      {links?.pageInfo.hasNextPage && (
        <Button mt="sm" variant="subtle" color="gray" loading={loading} onClick={loadMore}>
          More
        </Button>
      )}
    </Section>
  );
}
