'use client';
import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { graphql, type ResultOf } from '@/lib/graphql/graphql.ts';
import { useLiveRefetch } from '@/lib/live/use-live-refetch.ts';
import { useStream } from '@/lib/live/use-stream.ts';

const jobFields = graphql(`
  fragment JobFields on GroupRolesJob {
    __typename
    id
    groupName
    state
    done
    total
    startedAt
    finishedAt
  }
`);

const jobsQuery = graphql(`query GroupRolesJobs { groupRolesJobs { ...JobFields } }`, [jobFields]);

const progressSubscription = graphql(
  `
  subscription GroupRolesProgress { groupRolesProgress { ...JobFields } }
`,
  [jobFields],
);

export type Job = ResultOf<typeof jobFields>;

/** The changes of large groups that go on, wherever they were started, and those that ended while the page was open. */
export function useGroupRolesJobs(): Job[] {
  const { data, refetch } = useQuery(jobsQuery, { fetchPolicy: 'network-only' });
  const [seen, setSeen] = useState<ReadonlyMap<string, Job>>(new Map());
  useLiveRefetch(refetch, ({ type }) => type.startsWith('ROLE_MAPPING_'));
  const known = data?.groupRolesJobs ?? [];
  const jobs = known.map((job) => (job.state === 'RUNNING' ? (seen.get(job.id) ?? job) : job));
  const running = new Set(jobs.filter(({ state }) => state === 'RUNNING').map(({ id }) => id));
  useStream(progressSubscription, running.size > 0, ({ groupRolesProgress }) => {
    // The stream tells the last that ended as well.
    const told = groupRolesProgress.filter(({ id, state }) => state === 'RUNNING' || running.has(id));
    setSeen(new Map([...seen, ...told.map((job) => [job.id, job] as const)]));
  });
  return jobs.filter(({ id, state }) => state === 'RUNNING' || (state === 'DONE' && seen.has(id)));
}
