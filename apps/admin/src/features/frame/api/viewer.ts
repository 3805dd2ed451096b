'use client';
import { useQuery } from '@apollo/client/react';
import { graphql } from '@/lib/graphql/graphql.ts';

const viewerQuery = graphql(`
  query FrameViewer {
    viewer {
      kind
      account { __typename id name region }
      user { __typename id displayName userName }
    }
  }
`);

/** Who is signed in, and to which account. */
export function useViewer() {
  return useQuery(viewerQuery).data?.viewer;
}
