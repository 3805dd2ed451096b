import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './list-table.module.css';

/** The table of every list: sticky header, calm lines, dimmed while newer rows are on their way. */
export function ListTable({
  head,
  stale,
  children,
}: {
  head: ReactNode;
  stale?: boolean;
  children: ReactNode;
}) {
  return (
    <Table
      stickyHeader
      stickyHeaderOffset="var(--frame-header)"
      className={classes.table}
      data-stale={stale || undefined}
      aria-busy={stale}
    >
      <Table.Thead className={classes.head}>{head}</Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  );
}

/** A row that takes people to a page when it is clicked anywhere. */
export const rowClass = classes.row;
