'use client';
import { Group, Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { personName } from '@/components/people/person-name.ts';
import { useFindPeople } from '../api/find-people.ts';

/** Finds a person and flies there. */
export function ChartSearch({ onChoose }: { onChoose: (id: string) => void }) {
  const [text, setText] = useState('');
  const [settled] = useDebouncedValue(text, 150);
  const people = useFindPeople(settled);
  return (
    <Select
      aria-label="Find a person"
      placeholder="Find a person"
      data-page-search
      w={248}
      searchable
      value={null}
      searchValue={text}
      onSearchChange={setText}
      leftSection={<IconSearch size={15} />}
      rightSection={<span />}
      data={people.map((person) => ({ value: person.id, label: personName(person) }))}
      filter={({ options }) => options}
      nothingFoundMessage={settled ? 'No one found' : undefined}
      renderOption={({ option }) => {
        const person = people.find(({ id }) => id === option.value);
        return (
          <Group gap={10} wrap="nowrap" miw={0}>
            <PersonAvatar id={option.value} name={option.label} size={24} />
            <div style={{ minWidth: 0 }}>
              <Text truncate>{option.label}</Text>
              <Text c="dimmed" size="xs" truncate>
                {person?.title ?? person?.userName}
              </Text>
            </div>
          </Group>
        );
      }}
      onChange={(id) => {
        if (id) onChoose(id);
        setText('');
      }}
    />
  );
}
