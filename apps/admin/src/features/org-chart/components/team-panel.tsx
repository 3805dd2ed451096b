'use client';
import { Button, Center, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { OriginBadge } from '@/components/teams/origin-badge.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useFocusedMembers } from '../api/focused.ts';
import { TeamSign } from '../canvas/item-faces.tsx';
import type { TeamItem } from '../model/chart-item.ts';
import type { Chart } from '../use-chart.ts';
import { BranchActions } from './branch-actions.tsx';
import { ItemLine, Lines } from './item-line.tsx';
import { SidePanel } from './side-panel.tsx';

/** The team in focus: its lead and its members; choosing one leads to their card among the people. */
export function TeamPanel({ chart, team }: { chart: Chart; team: TeamItem }) {
  const { members, hasMore, loading, error, refetch, loadMore } = useFocusedMembers(team, chart.place.moment);
  const toPerson = (id: string) => () => chart.reveal(id, { view: 'people', branch: undefined });
  const head = (
    <Group gap={10} wrap="nowrap" miw={0}>
      <TeamSign team={team} size={40} />
      <Title order={2} size="14px" lineClamp={2}>
        {team.name}
      </Title>
    </Group>
  );
  const { lead, memberCount } = team;
  return (
    <SidePanel label={team.name} head={head} onClose={() => chart.go({ focus: undefined })}>
      <Stack gap="md">
        <Group gap="xs">
          <OriginBadge origin={team.origin} />
        </Group>
        <BranchActions chart={chart} item={team} />
        <Lines title="Lead">
          {lead
            ? [
                <ItemLine
                  key={lead.id}
                  id={lead.id}
                  name={lead.name}
                  photo={lead.photo}
                  onChoose={toPerson(lead.id)}
                />,
              ]
            : []}
        </Lines>
        {error && <ErrorState error={error} onRetry={() => refetch()} />}
        {!members && loading && <Skeleton height={160} />}
        {members?.length === 0 && <Text c="dimmed">No one is in this team.</Text>}
        <Lines title={`Members, ${memberCount.toLocaleString('en')}`}>
          {(members ?? []).map(({ id, name, photo, title, userName }) => (
            <ItemLine
              key={id}
              id={id}
              name={name}
              photo={photo}
              detail={title ?? userName}
              onChoose={toPerson(id)}
            />
          ))}
        </Lines>
        {hasMore && (
          <Center>
            <Button variant="subtle" color="gray" loading={loading} onClick={loadMore}>
              More members
            </Button>
          </Center>
        )}
      </Stack>
    </SidePanel>
  );
}
