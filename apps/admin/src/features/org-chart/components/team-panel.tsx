'use client';
import { Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { OriginBadge } from '@/components/teams/origin-badge.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useFocusedMembers } from '../api/focused.ts';
import { TeamSign } from '../canvas/item-faces.tsx';
import type { TeamItem } from '../model/chart-item.ts';
import type { Chart } from '../use-chart.ts';
import { BranchActions } from './branch-actions.tsx';
import { ItemLine, Lines } from './item-line.tsx';
import { MoreButton } from './more-button.tsx';
import { SidePanel } from './side-panel.tsx';

function Head({ team }: { team: TeamItem }) {
  return (
    <Group gap={10} wrap="nowrap" miw={0}>
      <TeamSign team={team} size={40} />
      <Title order={2} size="14px" lineClamp={2}>
        {team.name}
      </Title>
    </Group>
  );
}

interface LineProps {
  person: NonNullable<TeamItem['lead']>;
  detail?: string;
  chart: Chart;
}

function Line({ person: { id, name, photo }, detail, chart }: LineProps) {
  const toPerson = () => chart.reveal(id, { view: 'people', branch: undefined });
  return <ItemLine id={id} name={name} photo={photo} detail={detail} onChoose={toPerson} />;
}

/** The team in focus: its lead and its members; choosing one leads to their card among the people. */
export function TeamPanel({ chart, team }: { chart: Chart; team: TeamItem }) {
  const { members, hasMore, loading, error, refetch, more } = useFocusedMembers(team, chart.place.moment);
  return (
    <SidePanel label={team.name} head={<Head team={team} />} onClose={() => chart.go({ focus: undefined })}>
      <Stack gap="md">
        <Group gap="xs">
          <OriginBadge origin={team.origin} />
        </Group>
        <BranchActions chart={chart} item={team} />
        {team.lead && (
          <Lines title="Lead">{[<Line key={team.lead.id} person={team.lead} chart={chart} />]}</Lines>
        )}
        {error && <ErrorState error={error} onRetry={() => refetch()} />}
        {!members && loading && <Skeleton height={160} />}
        {members?.length === 0 && <Text c="dimmed">No one is in this team.</Text>}
        <Lines title={`Members, ${team.memberCount.toLocaleString('en')}`}>
          {(members ?? []).map((person) => (
            <Line key={person.id} person={person} detail={person.title ?? person.userName} chart={chart} />
          ))}
        </Lines>
        {hasMore && <MoreButton what="members" loading={loading} more={more} />}
      </Stack>
    </SidePanel>
  );
}
