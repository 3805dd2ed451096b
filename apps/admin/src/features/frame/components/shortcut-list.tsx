'use client';
import { Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { destinations } from '../navigation.ts';

const sections: readonly {
  title: string;
  shortcuts: readonly { keys: readonly string[]; label: string }[];
}[] = [
  {
    title: 'Everywhere',
    shortcuts: [
      { keys: ['⌘', 'K'], label: 'Search people, teams and pages' },
      { keys: ['/'], label: 'Search this page' },
      { keys: ['?'], label: 'This list' },
    ],
  },
  {
    title: 'Go to',
    shortcuts: destinations.map(({ key, label }) => ({ keys: ['G', key.toUpperCase()], label })),
  },
  {
    title: 'Org chart',
    shortcuts: [
      { keys: ['Tab'], label: 'To the canvas; an arrow leads to a card' },
      { keys: ['←', '→'], label: 'Those beside, under the same one' },
      { keys: ['↑'], label: 'The one above' },
      { keys: ['↓'], label: 'The first below, opening the branch' },
      { keys: ['Enter'], label: 'Open or fold the branch' },
      { keys: ['B'], label: 'Only this branch, or everyone again' },
      { keys: ['E'], label: 'Open one level more' },
      { keys: ['C'], label: 'Fold everything' },
      { keys: ['V'], label: 'People or teams' },
      { keys: ['O'], label: 'Open the page of the person or team' },
      { keys: ['F'], label: 'Fit everything on the screen' },
      { keys: ['Esc'], label: 'Stop focusing' },
    ],
  },
];

/** The shortcuts, shown on `?`. */
export function ShortcutList({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <Stack gap="lg">
        {sections.map(({ title, shortcuts }) => (
          <Stack key={title} gap={8}>
            <Text c="dimmed" size="xs">
              {title}
            </Text>
            {shortcuts.map(({ keys, label }) => (
              <Group key={label} justify="space-between" wrap="nowrap">
                <Text>{label}</Text>
                <Group gap={4} wrap="nowrap">
                  {keys.map((key) => (
                    <Kbd key={key} size="xs">
                      {key}
                    </Kbd>
                  ))}
                </Group>
              </Group>
            ))}
          </Stack>
        ))}
      </Stack>
    </Modal>
  );
}
