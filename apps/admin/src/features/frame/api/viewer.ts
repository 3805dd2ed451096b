'use client';
import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { showTimesAs } from '@/lib/time/use-time-writer.ts';

const viewerQuery = graphql(`
  query FrameViewer {
    viewer {
      kind
      account { __typename id name region }
      user { __typename id displayName userName }
      timeSettings { timeZone timeFormat }
    }
  }
`);

/** Who is signed in, and to which account; times are shown as they want to see them. */
export function useViewer() {
  const viewer = useQuery(viewerQuery).data?.viewer;
  const settings = viewer?.timeSettings;
  useEffect(() => {
    if (settings) showTimesAs(settings);
  }, [settings]);
  return viewer;
}
