'use client';
import { Group, SegmentedControl, Table, Text } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ListTable } from '@/components/ui/list-table.tsx';
import { Page } from '@/components/ui/page.tsx';
import { PageTurner } from '@/components/ui/page-turner.tsx';
import { SearchField } from '@/components/ui/search-field.tsx';
import { SortableHeader } from '@/components/ui/sortable-header.tsx';
import { TableSkeleton } from '@/components/ui/table-skeleton.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { usePeople } from '../api/people.ts';
import { defaultPeopleSort, peopleVariables, statusFrom } from '../people-variables.ts';
import { PersonRow } from './person-row.tsx';

const filters = [
  { value: 'ALL', label: 'All' },
  { value: 'ACTIVE', label: 'Active' },
  { value: 'INACTIVE', label: 'Inactive' },
  { value: 'DEPROVISIONED', label: 'Deprovisioned' },
];

function Head() {
  return (
    <Table.Tr>
      <SortableHeader field="LABEL" fallback={defaultPeopleSort}>
        Name
      </SortableHeader>
      <Table.Th visibleFrom="sm">Department</Table.Th>
      <Table.Th visibleFrom="lg">Manager</Table.Th>
      <Table.Th>State</Table.Th>
      <SortableHeader field="UPDATED_AT" fallback={defaultPeopleSort} visibleFrom="md">
        Changed
      </SortableHeader>
    </Table.Tr>
  );
}

/** Everyone in the account: search, filter, sort and page, all on the server and in the URL. */
export function PeopleList() {
  const { params, change } = useUrlState();
  const { people, stale, error, refetch } = usePeople(peopleVariables(params));
  const narrowed = params.has('q') || params.has('status');
  return (
    <Page title="People" description="Everyone the account knows, including those who left.">
      <Group justify="space-between" gap="sm">
        <SearchField label="Search by name, e-mail or title" />
        <SegmentedControl
          size="xs"
          aria-label="State"
          data={filters}
          value={statusFrom(params) ?? 'ALL'}
          onChange={(status) =>
            change({ status: status === 'ALL' ? null : status, after: null, before: null })
          }
        />
      </Group>
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {people?.nodes.length === 0 ? (
        <EmptyState icon={IconUser} title={narrowed ? 'No one matches' : 'No one is here yet'}>
          {narrowed
            ? 'Try fewer letters or another state.'
            : 'People arrive when an identity provider sends them. Connect one under Provisioning.'}
        </EmptyState>
      ) : (
        (people || !error) && (
          <ListTable head={<Head />} stale={stale}>
            {people?.nodes.map((person) => <PersonRow key={person.id} person={person} />) ?? (
              <TableSkeleton rows={12} columns={5} />
            )}
          </ListTable>
        )
      )}
      {people && people.nodes.length > 0 && (
        <PageTurner pageInfo={people.pageInfo} shown={people.nodes.length} total={people.totalCount} />
      )}
      {people && <Text component="span" role="status" hidden>{`${people.totalCount} people`}</Text>}
    </Page>
  );
}
