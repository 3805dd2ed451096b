'use client';
import { CloseButton, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useUrlState } from '@/lib/url-state.ts';

/** A search that the server answers; the text lives in the URL as `q`. */
export function SearchField({ label }: { label: string }) {
  const { params, change } = useUrlState();
  const [text, setText] = useState(params.get('q') ?? '');
  const search = useDebouncedCallback(
    (q: string) => change({ q: q.trim() || null, after: null, before: null }),
    200,
  );
  const type = (value: string) => {
    setText(value);
    search(value);
  };
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={text}
      data-page-search
      onChange={(event) => type(event.currentTarget.value)}
      leftSection={<IconSearch size={15} />}
      rightSection={
        text ? <CloseButton size="sm" aria-label="Clear search" onClick={() => type('')} /> : null
      }
      w={280}
      maw="100%"
    />
  );
}
