'use client';
import { Chip, Group } from '@mantine/core';
import { type EventKind, eventKinds } from '../event-kinds.ts';

/** Narrows the log to kinds of events; none chosen means all. */
export function KindChips({
  chosen,
  onChange,
}: {
  chosen: readonly EventKind[];
  onChange: (ids: string[]) => void;
}) {
  return (
    <Chip.Group multiple value={chosen.map(({ id }) => id)} onChange={onChange}>
      <Group gap={6} role="group" aria-label="Kinds of events">
        {eventKinds.map(({ id, label }) => (
          <Chip key={id} value={id} size="xs" radius="xl" variant="light">
            {label}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
