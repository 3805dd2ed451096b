import { Button, Center } from '@mantine/core';
import { IconHierarchy2 } from '@tabler/icons-react';
import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import type { ChartView } from '../model/chart-item.ts';

/** Says what will be on the canvas, why it isn't yet, and the one thing to do. */
export function EmptyChart({ view, past }: { view: ChartView; past: boolean }) {
  if (past) {
    return (
      <Center h="100%">
        <EmptyState
          icon={IconHierarchy2}
          title={view === 'people' ? 'No one was here yet' : 'There were no teams yet'}
        >
          Move the time below towards now.
        </EmptyState>
      </Center>
    );
  }
  return (
    <Center h="100%">
      {view === 'people' ? (
        <EmptyState icon={IconHierarchy2} title="There is no one to draw yet">
          Cards appear as people arrive; lines appear once the identity provider sends their managers.
        </EmptyState>
      ) : (
        <EmptyState
          icon={IconHierarchy2}
          title="There are no teams to draw yet"
          action={
            <Button component={Link} href="/org-structure" mt="xs">
              Create teams
            </Button>
          }
        >
          Teams can be created from the departments and managers of the people, or by hand. Groups that an
          identity provider pushes are not part of the org chart.
        </EmptyState>
      )}
    </Center>
  );
}
