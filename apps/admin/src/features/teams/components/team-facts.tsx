import { Code, Group, Stack, Text } from '@mantine/core';
import Link from 'next/link';
import { ManagedLock } from '@/components/connections/managed-lock.tsx';
import { PersonLabel } from '@/components/people/person-label.tsx';
import { CopyableCode } from '@/components/ui/copyable-code.tsx';
import { DefinitionList } from '@/components/ui/definition-list.tsx';
import { Section } from '@/components/ui/section.tsx';
import { TimeAgo } from '@/components/ui/time-ago.tsx';
import type { TeamDetails } from '../api/team.ts';
import { keeperOf } from '../team-keeper.ts';

function TeamLink({ team }: { team: { id: string; displayName: string } }) {
  return (
    <Text component={Link} href={`/teams/${team.id}`} fw={500} truncate>
      {team.displayName}
    </Text>
  );
}

/** Who leads a team, what it sits under, what sits under it, and where it comes from; locked is what is not changed here. */
export function TeamFacts({ team }: { team: TeamDetails }) {
  const keeper = keeperOf(team);
  const mark = keeper && <ManagedLock by={keeper} />;
  return (
    <>
      <Section title="About">
        <DefinitionList
          items={[
            { term: 'Lead', value: team.lead ? <PersonLabel person={team.lead} size={22} /> : null, mark },
            { term: 'Parent team', value: team.parent ? <TeamLink team={team.parent} /> : null, mark },
            { term: 'Connection', value: team.connection?.name },
            { term: 'External id', value: team.externalId && <Code>{team.externalId}</Code>, mark },
            { term: 'Id', value: <CopyableCode value={team.id} label="id" /> },
            { term: 'Created', value: <TimeAgo at={team.createdAt} /> },
            { term: 'Changed', value: <TimeAgo at={team.updatedAt} /> },
          ]}
        />
      </Section>
      {team.children.totalCount > 0 && (
        <Section title="Teams in it" count={team.children.totalCount}>
          <Stack gap={8}>
            {team.children.nodes.map((child) => (
              <Group key={child.id} justify="space-between" wrap="nowrap">
                <TeamLink team={child} />
                <Text c="dimmed" className="numeric">
                  {child.memberCount.toLocaleString('en')}
                </Text>
              </Group>
            ))}
          </Stack>
        </Section>
      )}
    </>
  );
}
