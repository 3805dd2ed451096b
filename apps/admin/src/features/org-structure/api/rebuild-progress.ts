'use client';
import { useState } from 'react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { useStream } from '@/lib/live/use-stream.ts';
import { type Rebuild, rebuildFields } from './org-structure.ts';

const progressSubscription = graphql(
  `
  subscription OrgRebuildProgress {
    orgRebuildProgress { ...RebuildFields }
  }
`,
  [rebuildFields],
);

/** Follows a rebuild while it runs, wherever it was started. */
export function useRebuildProgress(
  known: Rebuild | null | undefined,
  onEnd: () => void,
): Rebuild | undefined {
  const [seen, setSeen] = useState<Rebuild>();
  const current = seen && seen.id === known?.id ? seen : (known ?? undefined);
  useStream(progressSubscription, current?.state === 'RUNNING', ({ orgRebuildProgress: rebuild }) => {
    setSeen(rebuild);
    if (rebuild.state !== 'RUNNING') onEnd();
  });
  return current;
}
