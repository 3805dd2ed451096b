'use client';
import { Button, Center, Skeleton, Stack, Text } from '@mantine/core';
import {
  IconArrowRampRight,
  IconLogin2,
  IconShield,
  IconUser,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import Link from 'next/link';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { Chain, type Step } from '@/components/roles/chain.tsx';
import { mappingSteps } from '@/components/roles/grant-chain.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type ShownMapping, useMapping } from '../api/mapping.ts';
import classes from './mapping-page.module.css';

const nameOf = (mapping: ShownMapping): string =>
  mapping.__typename === 'RoleMapping' ? mapping.group.name : mapping.value;

const people = (count: number): string =>
  count === 1 ? 'One person' : `${count.toLocaleString('en')} people`;

/** Where the group comes from, and who mapped it. */
function origin(mapping: ShownMapping): Step[] {
  if (mapping.__typename === 'RoleMapping') return mappingSteps(mapping);
  const { value, signInConnectionId, createdAt, createdBy } = mapping;
  return [
    {
      caption: 'Group',
      icon: IconUsersGroup,
      value: <Link href={`/group-mapping?tab=sso&signIn=${signInConnectionId}`}>{value}</Link>,
    },
    { caption: 'When', icon: IconLogin2, value: 'Somebody signs in with it' },
    {
      caption: 'Mapping',
      icon: IconArrowRampRight,
      value: `Mapped by ${createdBy.name}`,
      detail: <TimeAgo at={createdAt} />,
    },
  ];
}

/** The mapping as a chain, from the group to the role and to how many people it concerns. */
const stepsOf = (mapping: ShownMapping): Step[] => [
  ...origin(mapping),
  {
    caption: 'Role',
    icon: IconShield,
    value: <Link href={`/roles/${mapping.role.id}`}>{mapping.role.name}</Link>,
  },
  {
    caption: 'Concerns',
    icon: mapping.userCount === 1 ? IconUser : IconUsers,
    value: people(mapping.userCount),
  },
];

function nobody(mapping: ShownMapping): string {
  if (mapping.__typename === 'SsoRoleMapping') return 'Nobody has signed in with the group since.';
  return mapping.group.pushed ? 'Nobody is in the group.' : 'The group has not been pushed yet.';
}

interface HoldersProps {
  mapping: ShownMapping;
  loading: boolean;
  onMore(): Promise<unknown>;
}

function Holders({ mapping, loading, onMore }: HoldersProps) {
  const { role, userCount, users } = mapping;
  return (
    <Section title={`Who has ${role.name} by it`} count={userCount}>
      {role.exclusive && userCount > 0 && (
        <Text c="dimmed" mb="sm">
          {role.name} doesn’t count for those who have another role.
        </Text>
      )}
      {userCount === 0 && <Text c="dimmed">{nobody(mapping)}</Text>}
      <ul className={classes.people}>
        {users.nodes.map((person) => (
          <li key={person.id}>
            <PersonLabel person={person} detail={person.title ?? person.userName} />
          </li>
        ))}
      </ul>
      {users.pageInfo.hasNextPage && (
        <Center mt="md">
          <Button variant="subtle" color="gray" loading={loading} onClick={onMore}>
            More people
          </Button>
        </Center>
      )}
    </Section>
  );
}

/** One mapping: from which group to which role, by whom, and whom it concerns. */
export function MappingPage({ id }: { id: string }) {
  const { mapping, missing, loading, error, refetch, loadMore } = useMapping(id);
  return (
    <Page title={mapping ? `${nameOf(mapping)} gives ${mapping.role.name}` : 'Mapping'}>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {missing && !error && (
        <EmptyState icon={IconArrowRampRight} title="There is no such mapping">
          It may have been taken back, or it belongs to another account. The activity keeps its history.
        </EmptyState>
      )}
      {mapping && (
        <Stack gap="md">
          <Section title="Mapping">
            <Chain steps={stepsOf(mapping)} />
          </Section>
          <Holders mapping={mapping} loading={loading} onMore={loadMore} />
        </Stack>
      )}
      {!mapping && loading && <Skeleton height={320} radius="lg" />}
    </Page>
  );
}
