'use client';
import { Group, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { useFindInChart } from '../api/find-in-chart.ts';
import { TeamSign } from '../canvas/item-faces.tsx';
import { type ChartItem, membersOf } from '../model/chart-item.ts';
import type { Chart } from '../use-chart.ts';
import classes from './chart-toolbar.module.css';

const detailOf = (item: ChartItem): string =>
  item.kind === 'person'
    ? [item.title, item.department].filter(Boolean).join(' · ') || item.userName
    : `${membersOf(item)}${item.lead ? ` · led by ${item.lead.name}` : ''}`;

function Found({ item }: { item: ChartItem }) {
  return (
    <Group gap={10} wrap="nowrap" miw={0}>
      {item.kind === 'person' ? (
        <PersonAvatar id={item.id} name={item.name} photo={item.photo} size={24} />
      ) : (
        <TeamSign team={item} size={24} />
      )}
      <div style={{ minWidth: 0 }}>
        <Text truncate>{item.name}</Text>
        <Text c="dimmed" size="xs" truncate>
          {detailOf(item)}
        </Text>
      </div>
    </Group>
  );
}

/** Finds a person or a team and flies there. */
export function ChartSearch({ chart: { place, reveal } }: { chart: Chart }) {
  const [text, setText] = useState('');
  const [debounced] = useDebouncedValue(text, 150);
  const { found, answer } = useFindInChart(place.view, debounced, place.moment);
  const label = place.view === 'people' ? 'Find a person' : 'Find a team';
  return (
    <Select
      aria-label={label}
      placeholder={label}
      data-page-search
      className={classes.search}
      size="xs"
      searchable
      value={null}
      searchValue={text}
      onSearchChange={setText}
      leftSection={<IconSearch size={14} />}
      rightSection={<span />}
      comboboxProps={{ width: 300, position: 'bottom-start' }}
      data={found.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      nothingFoundMessage={answer}
      renderOption={({ option }) => {
        const item = found.find(({ id }) => id === option.value);
        return item ? <Found item={item} /> : option.label;
      }}
      onChange={(id) => {
        if (id) reveal(id);
        setText('');
      }}
    />
  );
}
