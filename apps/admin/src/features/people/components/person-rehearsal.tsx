import { WhatWouldChange, WorkingOut } from '@/components/rehearsal/what-would-change.tsx';
import type { RehearsedStanding } from '../api/standing.ts';
import { consequencesFor, elsewhere } from '../consequences.ts';

/** What a change would do to a person, and to whom and what else. */
export function PersonRehearsal({ rehearsal }: { rehearsal: RehearsedStanding | undefined }) {
  if (!rehearsal) return <WorkingOut />;
  return (
    <WhatWouldChange
      own={consequencesFor(rehearsal)}
      events={elsewhere(rehearsal)}
      nothing="Nothing else: teams, roles, sessions and tokens stay as they are."
    />
  );
}
