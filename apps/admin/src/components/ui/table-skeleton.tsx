import { Skeleton, Table } from '@mantine/core';

const widths = ['62%', '48%', '55%', '40%', '58%', '45%'];

/** Rows that hold the place of those on their way. */
export function TableSkeleton({ rows, columns }: { rows: number; columns: number }) {
  return Array.from({ length: rows }, (_, row) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
    <Table.Tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Table.Td key={column} h={45}>
          <Skeleton height={10} radius="xl" width={widths[(row + column) % widths.length]} />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}
