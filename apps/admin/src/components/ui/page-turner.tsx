'use client';
import { Button, Group, Select, Text } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useUrlState } from '@/lib/url-state.ts';

const pageSizes = ['25', '50', '100', '200'];
const defaultSize = '50';

/** Variables of a page of a connection. */
export type PageVariables =
  | { first: number; after?: string; last?: undefined; before?: undefined }
  | { last: number; before: string; first?: undefined; after?: undefined };

/** Reads which page the URL names; sizes that aren't offered fall back to 50. */
export function pageVariables(params: URLSearchParams): PageVariables {
  const named = params.get('size') ?? defaultSize;
  const size = Number(pageSizes.includes(named) ? named : defaultSize);
  const before = params.get('before');
  if (before) return { last: size, before };
  const after = params.get('after');
  return after ? { first: size, after } : { first: size };
}

interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

/** Turns the pages of a connection by cursor; where the reader stands is in the URL. */
export function PageTurner({ pageInfo, shown, total }: { pageInfo: PageInfo; shown: number; total: number }) {
  const { params, change } = useUrlState();
  return (
    <Group justify="space-between" gap="sm">
      <Text c="dimmed" className="numeric">
        {shown.toLocaleString('en')} of {total.toLocaleString('en')}
      </Text>
      <Group gap="xs">
        <Select
          aria-label="Rows per page"
          size="xs"
          w={104}
          data={pageSizes.map((value) => ({ value, label: `${value} rows` }))}
          value={params.get('size') ?? defaultSize}
          allowDeselect={false}
          onChange={(size) => change({ size: size === defaultSize ? null : size, after: null, before: null })}
        />
        <Button
          variant="default"
          disabled={!pageInfo.hasPreviousPage}
          leftSection={<IconChevronLeft size={14} />}
          onClick={() => change({ before: pageInfo.startCursor, after: null }, 'push')}
        >
          Previous
        </Button>
        <Button
          variant="default"
          disabled={!pageInfo.hasNextPage}
          rightSection={<IconChevronRight size={14} />}
          onClick={() => change({ after: pageInfo.endCursor, before: null }, 'push')}
        >
          Next
        </Button>
      </Group>
    </Group>
  );
}
