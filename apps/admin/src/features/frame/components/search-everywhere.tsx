'use client';
import { Kbd, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, spotlight } from '@mantine/spotlight';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { personName } from '@/components/people/person-name.ts';
import { useSearch } from '../api/search.ts';
import { destinations } from '../navigation.ts';
import classes from './admin-frame.module.css';

/** Opens the search; on narrow screens only its icon. */
export function SearchButton() {
  return (
    <UnstyledButton className={classes.search} onClick={spotlight.open} aria-label="Search">
      <IconSearch size={15} />
      <span>Search</span>
      <Kbd size="xs">⌘K</Kbd>
    </UnstyledButton>
  );
}

/** ⌘K: people and teams as the server finds them, and the pages. */
export function SearchEverywhere() {
  const router = useRouter();
  const [query, setQuery] = useState('');
  const [debounced] = useDebouncedValue(query, 150);
  const { people, teams, loading } = useSearch(debounced);
  const pages = destinations.filter(({ label }) => label.toLowerCase().includes(query.trim().toLowerCase()));
  const nothing = people.length + teams.length + pages.length === 0;
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={['mod + K']}
      clearQueryOnClose
      scrollable
      maxHeight={440}
      radius="lg"
      centered={false}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
    >
      <Spotlight.Search placeholder="People, teams, pages…" leftSection={<IconSearch size={17} />} />
      <Spotlight.ActionsList>
        {people.length > 0 && (
          <Spotlight.ActionsGroup label="People">
            {people.map((person) => (
              <Spotlight.Action
                key={person.id}
                label={personName(person)}
                description={[person.title, person.department].filter(Boolean).join(' · ') || person.userName}
                leftSection={<PersonAvatar id={person.id} name={personName(person)} />}
                onClick={() => router.push(`/people/${person.id}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {teams.length > 0 && (
          <Spotlight.ActionsGroup label="Teams">
            {teams.map((team) => (
              <Spotlight.Action
                key={team.id}
                label={team.displayName}
                description={`${team.memberCount.toLocaleString('en')} members`}
                leftSection={<IconUsers size={18} stroke={1.6} />}
                onClick={() => router.push(`/teams/${team.id}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {pages.length > 0 && (
          <Spotlight.ActionsGroup label="Pages">
            {pages.map(({ path, label, icon: Glyph }) => (
              <Spotlight.Action
                key={path}
                label={label}
                leftSection={<Glyph size={18} stroke={1.6} />}
                onClick={() => router.push(path)}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {nothing && <Spotlight.Empty>{loading ? 'Searching…' : 'Nothing found'}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
