'use client';
import { Group, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { PeopleProgress } from '@/components/ui/people-progress.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import { type Job, useGroupRolesJobs } from '../api/group-roles-jobs.ts';

function Ended({ job: { total, finishedAt } }: { job: Job }) {
  return (
    <Group gap={8} wrap="nowrap" role="status">
      <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
      <Text>
        All {total.toLocaleString('en')} people have the roles of the group now{' '}
        <Text span c="dimmed">
          · <TimeAgo at={finishedAt} />
        </Text>
      </Text>
    </Group>
  );
}

/** How far the changes are that concern so many people that they go on after they were saved. */
export function JobProgress() {
  return useGroupRolesJobs().map((job) => (
    <Section key={job.id} title={`Changing the roles of ${job.groupName}`}>
      {job.state === 'RUNNING' ? (
        <PeopleProgress work={job} label={`Changing the roles of ${job.groupName}`} />
      ) : (
        <Ended job={job} />
      )}
    </Section>
  ));
}
