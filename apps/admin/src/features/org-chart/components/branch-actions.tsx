'use client';
import { Button, Group } from '@mantine/core';
import { IconArrowUpRight, IconFocus2 } from '@tabler/icons-react';
import Link from 'next/link';
import type { ChartItem } from '../model/chart-item.ts';
import type { Chart } from '../use-chart.ts';

/** What can be done with the one in focus: draw its branch alone, open its page. */
export function BranchActions({ chart: { place, go }, item }: { chart: Chart; item: ChartItem }) {
  const alone = place.branch === item.id;
  return (
    <Group gap="xs">
      <Button
        variant="default"
        leftSection={<IconFocus2 size={14} />}
        onClick={() => go({ branch: alone ? undefined : item.id })}
      >
        {alone ? 'Show everyone' : 'Only this branch'}
      </Button>
      <Button
        variant="default"
        leftSection={<IconArrowUpRight size={14} />}
        component={Link}
        href={item.kind === 'person' ? `/people/${item.id}` : `/teams/${item.id}`}
      >
        Open the page
      </Button>
    </Group>
  );
}
