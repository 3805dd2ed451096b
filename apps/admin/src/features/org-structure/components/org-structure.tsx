'use client';
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconHierarchy2 } from '@tabler/icons-react';
import Link from 'next/link';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { Section } from '@/components/ui/section.tsx';
import { useStructure } from '../api/org-structure.ts';
import { useRebuildProgress } from '../api/rebuild-progress.ts';
import { choiceTitle } from '../structure-choices.ts';
import { RebuildProgress } from './rebuild-progress.tsx';
import { StructureForm } from './structure-form.tsx';

/** What the account's teams are made from: choose, rehearse, save, watch the rebuild. */
export function OrgStructure() {
  const { structure, error, refetch } = useStructure();
  const rebuild = useRebuildProgress(structure?.rebuild, () => void refetch().catch(() => {}));
  return (
    <Page
      title="Org structure"
      description="Teams can follow from people’s departments and managers. They are kept in line with every change."
      action={
        <Button
          variant="default"
          component={Link}
          href="/org-chart?view=teams"
          leftSection={<IconHierarchy2 size={14} />}
        >
          Show on the chart
        </Button>
      }
    >
      {error && <ErrorState error={error} onRetry={() => refetch()} />}
      {!structure && !error && <Skeleton height={320} radius="lg" />}
      {structure && (
        <Stack gap="md">
          <Section title="Now">
            <Text>
              <b>{choiceTitle(structure.createTeams)}</b>
              {structure.createTeams !== 'NONE' && (
                <>
                  , from the attribute <code>{structure.teamAttribute}</code>
                </>
              )}
              : {structure.teamCount.toLocaleString('en')}{' '}
              {structure.teamCount === 1 ? 'team follows' : 'teams follow'} from people.
            </Text>
          </Section>
          {rebuild && <RebuildProgress rebuild={rebuild} />}
          <StructureForm
            key={`${structure.createTeams} ${structure.teamAttribute}`}
            structure={structure}
            running={rebuild?.state === 'RUNNING'}
            onSaved={() => void refetch().catch(() => {})}
          />
        </Stack>
      )}
    </Page>
  );
}
