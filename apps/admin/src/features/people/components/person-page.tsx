'use client';
import { Anchor, Grid, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconUserQuestion } from '@tabler/icons-react';
import Link from 'next/link';
import { ManagedBadge } from '@/components/connections/managed-badge.tsx';
import { History } from '@/components/events/history.tsx';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { personName } from '@/components/people/person-name.ts';
import { UserStatusBadge } from '@/components/people/user-status-badge.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Glow } from '@/components/ui/glow.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { type PersonDetails, usePerson } from '../api/person.ts';
import { PersonAccess } from './person-access.tsx';
import { PersonAttributes } from './person-attributes.tsx';
import { PersonIdentities } from './person-identities.tsx';
import { ManagerSection, ReportsSection, TeamsSection } from './person-relations.tsx';
import { PersonRoles } from './person-roles.tsx';

function Header({ person }: { person: PersonDetails }) {
  const name = personName(person);
  return (
    <Group gap="md" wrap="nowrap">
      <PersonAvatar id={person.id} name={name} size={52} />
      <Stack gap={2} miw={0}>
        <Group gap="sm">
          <Title order={1}>
            <Glow value={name}>{name}</Glow>
          </Title>
          <Glow value={person.status}>
            <UserStatusBadge status={person.status} />
          </Glow>
          <ManagedBadge by={person.managedBy} />
        </Group>
        <Text c="dimmed">
          <Glow value={`${person.title} ${person.department}`}>
            {[person.title, person.department].filter(Boolean).join(' · ') || person.userName}
          </Glow>
        </Text>
      </Stack>
    </Group>
  );
}

function Details({
  person,
  loadOlder,
  loading,
}: {
  person: PersonDetails;
  loadOlder: () => void;
  loading: boolean;
}) {
  return (
    <Grid gap="md">
      <Grid.Col span={{ base: 12, md: 7 }}>
        <Stack gap="md">
          <PersonRoles person={person} />
          <PersonAttributes person={person} />
          <Section title="History">
            <History
              events={person.events.nodes}
              hasMore={person.events.pageInfo.hasNextPage}
              loading={loading}
              onMore={loadOlder}
            />
          </Section>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 5 }}>
        <Stack gap="md">
          <ManagerSection person={person} />
          <ReportsSection person={person} />
          <TeamsSection teams={person.teams} />
          <PersonIdentities person={person} />
        </Stack>
      </Grid.Col>
    </Grid>
  );
}

/** One person: who they are, where they belong, which roles they have and why, and what happened. */
export function PersonPage({ id }: { id: string }) {
  const { person, missing, loading, error, refetch, loadOlder } = usePerson(id);
  return (
    <Page
      title={person ? <Header person={person} /> : missing ? 'Person' : <Skeleton height={52} width={280} />}
      action={
        person && (
          <Group gap="sm" wrap="nowrap">
            <Anchor
              component={Link}
              href={`/org-chart?focus=${id}`}
              size="sm"
              style={{ whiteSpace: 'nowrap' }}
            >
              In the org chart
            </Anchor>
            <PersonAccess person={person} />
          </Group>
        )
      }
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {missing && !error && (
        <EmptyState icon={IconUserQuestion} title="There is no such person">
          No one in this account has this id. They may belong to another account.
        </EmptyState>
      )}
      {person && <Details person={person} loadOlder={loadOlder} loading={loading} />}
      {!person && loading && <Skeleton height={320} radius="lg" />}
    </Page>
  );
}
