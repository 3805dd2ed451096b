'use client';
import { Button, Group, SegmentedControl, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { Page } from '@/components/ui/page.tsx';
import { PageTurner } from '@/components/ui/page-turner.tsx';
import { SearchField } from '@/components/ui/search-field.tsx';
import { SortableHeader } from '@/components/ui/sortable-header.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { useMayChangeTeams } from '../api/team-changes.ts';
import { useTeams } from '../api/teams.ts';
import { defaultTeamsSort, originFrom, teamsVariables } from '../teams-variables.ts';
import { TeamNameModal } from './team-name-modal.tsx';
import { TeamRow } from './team-row.tsx';

const origins = [
  { value: 'ALL', label: 'All' },
  { value: 'DIRECTORY', label: 'Directory' },
  { value: 'ORG_STRUCTURE', label: 'Org structure' },
  { value: 'MANUAL', label: 'By hand' },
];

function Head() {
  return (
    <Table.Tr>
      <SortableHeader field="DISPLAY_NAME" fallback={defaultTeamsSort}>
        Name
      </SortableHeader>
      <Table.Th visibleFrom="xs">Origin</Table.Th>
      <Table.Th visibleFrom="md">Lead</Table.Th>
      <Table.Th ta="right">Members</Table.Th>
      <SortableHeader field="UPDATED_AT" fallback={defaultTeamsSort} visibleFrom="md">
        Changed
      </SortableHeader>
    </Table.Tr>
  );
}

/** Every team, wherever it comes from. */
export function TeamList() {
  const { params, change } = useUrlState();
  const { teams, stale, error, refetch } = useTeams(teamsVariables(params));
  const mayChange = useMayChangeTeams();
  const [creating, create] = useDisclosure(false);
  const router = useRouter();
  const narrowed = params.has('q') || params.has('origin');
  return (
    <Page
      title="Teams"
      description="Groups that identity providers push, teams that follow from the org structure, and those made by hand."
      action={
        mayChange && (
          <Button leftSection={<IconPlus size={14} />} onClick={create.open}>
            Create a team
          </Button>
        )
      }
    >
      <Group justify="space-between" gap="sm">
        <SearchField label="Search teams" />
        <SegmentedControl
          size="xs"
          aria-label="Origin"
          data={origins}
          value={originFrom(params) ?? 'ALL'}
          onChange={(origin) =>
            change({ origin: origin === 'ALL' ? null : origin, after: null, before: null })
          }
        />
      </Group>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {teams?.nodes.length === 0 ? (
        <EmptyState icon={IconUsers} title={narrowed ? 'No team matches' : 'There are no teams yet'}>
          {narrowed
            ? 'Try fewer letters or another origin.'
            : 'Teams appear when an identity provider pushes its groups. Assign groups to the app there, or create one by hand.'}
        </EmptyState>
      ) : (
        (teams || !error) && (
          <ListTable head={<Head />} stale={stale}>
            {teams?.nodes.map((team) => <TeamRow key={team.id} team={team} />) ?? (
              <TableSkeleton rows={8} columns={5} />
            )}
          </ListTable>
        )
      )}
      {teams && teams.nodes.length > 0 && (
        <PageTurner pageInfo={teams.pageInfo} shown={teams.nodes.length} total={teams.totalCount} />
      )}
      {creating && <TeamNameModal onClose={create.close} onSaved={(id) => router.push(`/teams/${id}`)} />}
    </Page>
  );
}
