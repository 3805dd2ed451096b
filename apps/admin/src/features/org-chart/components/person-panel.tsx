'use client';
import { Badge, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useFocusedPerson } from '../api/focused.ts';
import { DepartmentDot } from '../canvas/department-dot.tsx';
import { TeamSign } from '../canvas/item-faces.tsx';
import { membersOf, type PersonItem } from '../model/chart-item.ts';
import type { Chart } from '../use-chart.ts';
import { BranchActions } from './branch-actions.tsx';
import { ItemLine, Lines } from './item-line.tsx';
import { SidePanel } from './side-panel.tsx';

function Facts({ person }: { person: PersonItem }) {
  const department = person.department && (
    <>
      <DepartmentDot item={person} />
      {person.department}
    </>
  );
  const reports = person.childCount > 0 ? person.childCount.toLocaleString('en') : null;
  return (
    <DefinitionList
      items={[
        { term: 'Department', value: department },
        { term: 'User name', value: person.userName },
        { term: 'Reports', value: reports },
      ]}
    />
  );
}

function Head({ person }: { person: PersonItem }) {
  return (
    <Group gap={10} wrap="nowrap" miw={0}>
      <PersonAvatar id={person.id} name={person.name} photo={person.photo} size={40} />
      <div style={{ minWidth: 0 }}>
        <Title order={2} size="14px" lineClamp={2}>
          {person.name}
        </Title>
        {person.title && (
          <Text c="dimmed" size="xs" truncate>
            {person.title}
          </Text>
        )}
      </div>
    </Group>
  );
}

/** Who the person in focus is, who is above them, and their teams. */
export function PersonPanel({ chart, person }: { chart: Chart; person: PersonItem }) {
  const { managers, teams, loading, error, refetch } = useFocusedPerson(person, chart.place.moment);
  return (
    <SidePanel
      label={person.name}
      head={<Head person={person} />}
      onClose={() => chart.go({ focus: undefined })}
    >
      <Stack gap="md">
        {!person.active && (
          <Badge variant="light" color="gray" tt="none">
            Inactive
          </Badge>
        )}
        <Facts person={person} />
        <BranchActions chart={chart} item={person} />
        {error && <ErrorState error={error} onRetry={() => refetch()} />}
        {person.onCycle && (
          <Text c="dimmed">
            The managers above lead back to this person, so the chart has nobody above them.
          </Text>
        )}
        {loading && <Skeleton height={120} />}
        <Lines title="Reports to">
          {managers.map(({ id, name, photo, title }) => (
            <ItemLine
              key={id}
              id={id}
              name={name}
              photo={photo}
              detail={title}
              onChoose={() => chart.reveal(id)}
            />
          ))}
        </Lines>
        <Lines title="Teams">
          {teams.map((team) => (
            <ItemLine
              key={team.id}
              id={team.id}
              name={team.name}
              detail={membersOf(team)}
              sign={<TeamSign team={team} size={26} />}
              onChoose={() => chart.reveal(team.id, { view: 'teams', branch: undefined })}
            />
          ))}
        </Lines>
      </Stack>
    </SidePanel>
  );
}
