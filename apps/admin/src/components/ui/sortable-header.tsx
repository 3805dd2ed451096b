'use client';
import { Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useUrlState } from '@/lib/url-state.ts';
import classes from './sortable-header.module.css';

interface SortableHeaderProps {
  field: string;
  /** The sort that the list has when the URL names none. */
  fallback: string;
  children: ReactNode;
  visibleFrom?: string;
}

/** A column title that sorts on the server; `sort=-NAME` in the URL is descending. */
export function SortableHeader({ field, fallback, children, visibleFrom }: SortableHeaderProps) {
  const { params, change } = useUrlState();
  const sort = params.get('sort') ?? fallback;
  const active = sort.replace(/^-/, '') === field;
  const descending = active && sort.startsWith('-');
  const next = active && !descending ? `-${field}` : field;
  const Arrow = descending ? IconArrowDown : IconArrowUp;
  return (
    <Table.Th
      aria-sort={active ? (descending ? 'descending' : 'ascending') : 'none'}
      visibleFrom={visibleFrom}
    >
      <UnstyledButton
        className={classes.button}
        data-active={active || undefined}
        onClick={() => change({ sort: next === fallback ? null : next, after: null, before: null })}
      >
        {children}
        {active && <Arrow size={12} />}
      </UnstyledButton>
    </Table.Th>
  );
}
