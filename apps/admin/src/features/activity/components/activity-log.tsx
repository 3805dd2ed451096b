'use client';
import { Alert, Button, Center, Loader, Stack } from '@mantine/core';
import { IconActivity, IconAlertTriangle, IconArrowUp } from '@tabler/icons-react';
import Link from 'next/link';
import { ExpiringTokens } from '@/components/tokens/expiring-tokens.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Page } from '@/components/ui/page.tsx';
import { useUrlState } from '@/lib/url-state.ts';
import { useEventLog } from '../api/use-event-log.ts';
import { kindsFrom, typesOf } from '../event-kinds.ts';
import classes from './activity-log.module.css';
import { EventDays } from './event-days.tsx';
import { KindChips } from './kind-chips.tsx';
import { LogSkeleton } from './log-skeleton.tsx';
import { OlderSentinel } from './older-sentinel.tsx';

function NothingYet({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <EmptyState icon={IconActivity} title="Nothing of this kind">
        No such event has happened yet. New ones appear here by themselves.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconActivity}
      title="Nothing has happened yet"
      action={
        <Button component={Link} href="/provisioning" mt="xs">
          Connect an identity provider
        </Button>
      }
    >
      Everyone who arrives, changes or leaves will show up here, live, once an identity provider sends its
      first request.
    </EmptyState>
  );
}

/** Who came, who changed and who left, as it happens and back to the beginning. */
export function ActivityLog() {
  const { params, change } = useUrlState();
  const kinds = kindsFrom(params.get('kind'));
  const { log, error, gap, loadingOlder, ...act } = useEventLog(typesOf(kinds));
  const showWaiting = () => {
    act.showWaiting();
    window.scrollTo({ top: 0 });
  };
  return (
    <Page title="Activity" description="Everything that happened to people, teams and access, as it happens.">
      <ExpiringTokens />
      <KindChips chosen={kinds} onChange={(ids) => change({ kind: ids.join(',') })} />
      {gap && (
        <Alert
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          title="Some of the history is missing"
          withCloseButton
          onClose={act.dismissGap}
          closeButtonLabel="Dismiss"
        >
          {gap} The list was read again; what happened in between may not be in it.
        </Alert>
      )}
      {error !== undefined && <ErrorState error={error} onRetry={act.retry} />}
      {log && log.waiting.length > 0 && (
        <div className={classes.waiting}>
          <Button radius="xl" onClick={showWaiting} leftSection={<IconArrowUp size={14} />}>
            {log.waiting.length.toLocaleString('en')} new
          </Button>
        </div>
      )}
      {!log && error === undefined && <LogSkeleton />}
      {log && log.rows.length === 0 && <NothingYet filtered={kinds.length > 0} />}
      {log && log.rows.length > 0 && (
        <Stack gap={0} className={classes.days}>
          <EventDays events={log.rows} fresh={log.fresh} />
          {log.olderAfter && <OlderSentinel key={log.olderAfter} onVisible={act.loadOlder} />}
          {loadingOlder && (
            <Center p="md">
              <Loader size="xs" />
            </Center>
          )}
          {!log.olderAfter && <Center className={classes.end}>This is where the history begins.</Center>}
        </Stack>
      )}
    </Page>
  );
}
