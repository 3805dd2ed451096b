'use client';
import { Group, Skeleton, Stack, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import { ChangeLine } from '@/components/events/change-line.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';
import { type PersonDifference, type TeamDifference, usePeopleDiff, useTeamDiff } from '../api/chart-diff.ts';
import { differenceLooks } from '../difference-looks.ts';
import type { Chart } from '../use-chart.ts';
import { MoreButton } from './more-button.tsx';
import classes from './side-panel.module.css';
import { SidePanel } from './side-panel.tsx';

/** Beyond these an attribute says little in a short list. */
const shownChanges = 3;

function membership(difference: PersonDifference | TeamDifference): string {
  if (!('membersJoined' in difference)) return '';
  const { membersJoined: joined, membersLeft: left } = difference;
  const parts = [joined > 0 && `${joined} joined`, left > 0 && `${left} left`].filter(Boolean);
  return parts.length > 0 ? ` · ${parts.join(', ')}` : '';
}

function Difference({
  difference,
  onChoose,
}: {
  difference: PersonDifference | TeamDifference;
  onChoose(): void;
}) {
  const { kind, label, changes } = difference;
  const { icon: Glyph, color, word } = differenceLooks[kind];
  const newcomer = kind === 'JOINED' || kind === 'CREATED';
  const told = newcomer || kind === 'LEFT' || kind === 'REMOVED' ? [] : changes.slice(0, shownChanges);
  return (
    <UnstyledButton className={classes.line} data-tall={told.length > 0 || undefined} onClick={onChoose}>
      <ThemeIcon variant="light" color={color} size={22} radius="xl">
        <Glyph size={12} stroke={2} />
      </ThemeIcon>
      <span className={classes.lineText}>
        <Text truncate fw={500} span display="block">
          {label}{' '}
          <Text span c="dimmed" fw={400}>
            {word}
            {membership(difference)}
          </Text>
        </Text>
        {told.map((change) => (
          <Text key={change.field} size="xs" span display="block">
            <ChangeLine change={change} afterOnly={false} />
          </Text>
        ))}
      </span>
    </UnstyledButton>
  );
}

function Counts({ counts }: { counts: object }) {
  const present = Object.entries(counts).filter(([, count]) => typeof count === 'number' && count > 0);
  return (
    <Group gap="xs">
      {present.map(([kind, count]) => (
        <Text key={kind} size="xs" c="dimmed" className="numeric">
          <b>{count.toLocaleString('en')}</b> {kind}
        </Text>
      ))}
    </Group>
  );
}

/** What changed between the moment that is shown and now. */
export function DifferencePanel({ chart, moment }: { chart: Chart; moment: string }) {
  const { view } = chart.place;
  const write = useTimeWriter();
  const people = usePeopleDiff(moment, view !== 'people');
  const teams = useTeamDiff(moment, view !== 'teams');
  const { diff, loading, error, refetch, more } = view === 'people' ? people : teams;
  const counts = (view === 'people' ? people.diff?.counts : teams.diff?.counts) ?? {};
  const head = (
    <div>
      <Title order={2} size="14px">
        What changed since
      </Title>
      <Text c="dimmed" size="xs">
        {write.exact(Date.parse(moment))}
      </Text>
    </div>
  );
  /** Who is here no more is shown where they were; everybody else where they are now. */
  const choose = ({ id, kind }: PersonDifference | TeamDifference) => {
    const gone = kind === 'LEFT' || kind === 'REMOVED';
    chart.reveal(id, gone ? {} : { moment: undefined, panel: undefined });
  };
  return (
    <SidePanel label="What changed" head={head} onClose={() => chart.go({ panel: undefined })}>
      <Stack gap="sm">
        {error && <ErrorState error={error} onRetry={() => refetch()} />}
        {!diff && loading && <Skeleton height={200} />}
        {diff && <Counts counts={counts} />}
        {diff?.changes.nodes.length === 0 && (
          <EmptyState icon={IconEqual} title="Nothing changed">
            The chart is the same as it was at that moment.
          </EmptyState>
        )}
        <div>
          {diff?.changes.nodes.map((difference) => (
            <Difference key={difference.id} difference={difference} onChoose={() => choose(difference)} />
          ))}
        </div>
        {diff?.changes.pageInfo.hasNextPage && <MoreButton what="changes" loading={loading} more={more} />}
      </Stack>
    </SidePanel>
  );
}
