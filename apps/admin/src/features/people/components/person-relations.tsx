import { Code, Group, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import { ManagedLock } from '@/components/connections/managed-lock.tsx';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { OriginBadge } from '@/components/teams/origin-badge.tsx';
import { Section } from '@/components/ui/section.tsx';
import type { PersonDetails } from '../api/person.ts';

/** Whom the person reports to; a manager who isn't provisioned yet is named by reference. */
export function ManagerSection({ person }: { person: PersonDetails }) {
  const pending = !person.manager && person.managerReference;
  return (
    <Section title="Manager" action={<ManagedLock by={person.managedBy} />}>
      {person.manager && <PersonLabel person={person.manager} />}
      {pending && (
        <Text c="dimmed">
          Waiting for <Code>{person.managerReference}</Code>, who has not arrived yet.
        </Text>
      )}
      {!person.manager && !pending && <Text c="dimmed">Reports to no one.</Text>}
    </Section>
  );
}

/** Who reports to the person. */
export function ReportsSection({ person: { reports } }: { person: PersonDetails }) {
  if (reports.totalCount === 0) return null;
  const more = reports.totalCount - reports.nodes.length;
  return (
    <Section title="Reports" count={reports.totalCount}>
      <Stack gap={10}>
        {reports.nodes.map((report) => (
          <PersonLabel key={report.id} person={report} detail={report.title} />
        ))}
        {more > 0 && <Text c="dimmed">and {more.toLocaleString('en')} more, in the org chart</Text>}
      </Stack>
    </Section>
  );
}

/** The teams the person belongs to. */
export function TeamsSection({ teams }: { teams: PersonDetails['teams'] }) {
  return (
    <Section title="Teams" count={teams.length}>
      {teams.length === 0 && <Text c="dimmed">In no team.</Text>}
      <Stack gap={8}>
        {teams.map((team) => (
          <Group key={team.id} justify="space-between" wrap="nowrap">
            <Text component={Link} href={`/teams/${team.id}`} fw={500} truncate>
              {team.displayName}
            </Text>
            <OriginBadge origin={team.origin} />
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
