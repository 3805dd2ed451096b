import { Text } from '@mantine/core';
import { WhatWouldChange, WorkingOut } from '@/components/rehearsal/what-would-change.tsx';
import type { Rehearsal } from '@/lib/live/use-rehearsed-mutation.ts';

/** What a change of a team would do to it, to people and their roles, and to other teams. */
export function TeamRehearsal({ rehearsal }: { rehearsal: Rehearsal<object> | undefined }) {
  if (!rehearsal) return <WorkingOut />;
  const { events } = rehearsal;
  if (events === undefined)
    return <Text c="dimmed">The server takes it. What else follows is told to whoever may see events.</Text>;
  return <WhatWouldChange events={events} nothing="Nothing: it is so already." />;
}
