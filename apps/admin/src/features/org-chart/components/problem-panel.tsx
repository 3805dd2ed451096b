'use client';
import { Alert, Button, Chip, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { personName } from '@/components/people/person-name.ts';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { type OrgProblem, type OrgProblemKind, useProblems } from '../api/problems.ts';
import { problemLooks } from '../problem-looks.ts';
import type { Chart } from '../use-chart.ts';
import { ItemLine } from './item-line.tsx';
import { MoreButton } from './more-button.tsx';
import classes from './side-panel.module.css';
import { SidePanel } from './side-panel.tsx';

const shownPeople = 4;

function Problem({ problem, chart }: { problem: OrgProblem; chart: Chart }) {
  const { kind, label, explanation, users } = problem;
  const { icon: Glyph, word } = problemLooks[kind];
  const more = users.length - shownPeople;
  return (
    <article className={classes.problem}>
      <Group gap={6} wrap="nowrap">
        <Glyph size={15} className={classes.amber} aria-hidden />
        <Text size="xs" c="dimmed">
          {word}
        </Text>
      </Group>
      <Text fw={600}>{label}</Text>
      <Text c="dimmed" size="xs">
        {explanation}
      </Text>
      <div className={classes.concerned}>
        {users.slice(0, shownPeople).map((user) => (
          <ItemLine
            key={user.id}
            id={user.id}
            name={personName(user)}
            onChoose={() => chart.reveal(user.id, { view: 'people', branch: undefined, moment: undefined })}
          />
        ))}
        {more > 0 && (
          <Text c="dimmed" size="xs">
            and {more.toLocaleString('en')} more
          </Text>
        )}
      </div>
    </article>
  );
}

interface KindsProps {
  counts: readonly { kind: OrgProblemKind; count: number }[];
  kind: OrgProblemKind | undefined;
  onChange(kind: OrgProblemKind | undefined): void;
}

function Kinds({ counts, kind, onChange }: KindsProps) {
  return (
    <Group gap={6}>
      {counts
        .filter(({ kind: each, count }) => count > 0 || each === kind)
        .map(({ kind: each, count }) => (
          <Chip
            key={each}
            size="xs"
            checked={kind === each}
            onChange={(checked) => onChange(checked ? each : undefined)}
          >
            {problemLooks[each].word} {count.toLocaleString('en')}
          </Chip>
        ))}
    </Group>
  );
}

/** The chart shows the past and this list the present: nobody can mend the past. */
function OfNow({ onReturn }: { onReturn(): void }) {
  return (
    <Alert color="yellow" variant="light" p="xs" icon={<IconHistory size={16} />}>
      <Stack gap={6} align="flex-start">
        <Text size="xs">
          These are the problems of now, not of the moment that the chart shows. Choosing somebody leads back
          to now.
        </Text>
        <Button size="compact-xs" variant="default" onClick={onReturn}>
          Show the chart of now
        </Button>
      </Stack>
    </Alert>
  );
}

function NoProblem({ kind }: { kind: OrgProblemKind | undefined }) {
  return (
    <EmptyState
      icon={IconCircleCheck}
      title={kind === undefined ? 'Nothing is wrong' : problemLooks[kind].word}
    >
      {kind === undefined
        ? 'Everybody’s manager is here and active, nobody’s managers form a cycle, and no names clash.'
        : 'No problem of this kind is left.'}
    </EmptyState>
  );
}

const head = (
  <div>
    <Title order={2} size="14px">
      Problems
    </Title>
    <Text c="dimmed" size="xs">
      What keeps people from their place, and the way out
    </Text>
  </div>
);

/** What is wrong with managers and departments: who, why, and the way out. */
export function ProblemPanel({ chart }: { chart: Chart }) {
  const [kind, setKind] = useState<OrgProblemKind>();
  const { problems, loading, error, refetch, more, startOver } = useProblems(kind);
  const choose = (chosen: OrgProblemKind | undefined) => {
    setKind(chosen);
    startOver();
  };
  return (
    <SidePanel label="Problems" head={head} onClose={() => chart.go({ panel: undefined })}>
      <Stack gap="sm">
        {chart.place.moment !== undefined && <OfNow onReturn={() => chart.go({ moment: undefined })} />}
        {error && <ErrorState error={error} onRetry={() => refetch()} />}
        {!problems && loading && <Skeleton height={240} />}
        {problems && <Kinds counts={problems.counts} kind={kind} onChange={choose} />}
        {problems?.totalCount === 0 && <NoProblem kind={kind} />}
        <div>
          {problems?.nodes.map((problem) => (
            <Problem
              key={`${problem.kind} ${problem.label} ${problem.users[0]?.id}`}
              problem={problem}
              chart={chart}
            />
          ))}
        </div>
        {problems?.pageInfo.hasNextPage && <MoreButton what="problems" loading={loading} more={more} />}
      </Stack>
    </SidePanel>
  );
}
