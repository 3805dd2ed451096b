'use client';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { graphql } from '@/lib/graphql/graphql.ts';
import { type ExportFormat, exportHead, exportRows, exportTail, saveFile } from '../grants-file.ts';
import { type ErasedGrant, erasedGrantFields } from './role-source.ts';

const pageQuery = graphql(
  `
  query ErasedGrants($after: Cursor) {
    roleSourcePreview {
      version
      grants(first: 250, after: $after) {
        nodes { ...ErasedGrantFields }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [erasedGrantFields],
);

/** Somebody's roles changed while the file was written, so that it would be of no moment. */
export class ChangedMeanwhile extends Error {}

/** Writes the grants of a preview to a file, page by page; nothing but the text is kept of them. */
export function useExportGrants(version: string) {
  const client = useApolloClient();
  const [written, setWritten] = useState<number>();
  const [error, setError] = useState<unknown>();
  const pageAfter = async (after: string | null) => {
    const { data } = await client.query({ query: pageQuery, variables: { after }, fetchPolicy: 'no-cache' });
    if (data === undefined) throw new Error('The server answered nothing.');
    if (data.roleSourcePreview.version !== version)
      throw new ChangedMeanwhile('Roles were changed meanwhile. Look at the list again, then export it.');
    return data.roleSourcePreview.grants;
  };
  const save = async (format: ExportFormat) => {
    setError(undefined);
    setWritten(0);
    const parts = [exportHead(format)];
    try {
      let count = 0;
      for (let after: string | null = null, more = true; more; ) {
        const { nodes, pageInfo } = await pageAfter(after);
        parts.push(exportRows(format, nodes as ErasedGrant[], count === 0));
        count += nodes.length;
        setWritten(count);
        after = pageInfo.endCursor;
        more = pageInfo.hasNextPage;
      }
      saveFile(format, [...parts, exportTail(format)]);
    } catch (failed) {
      setError(failed);
    } finally {
      setWritten(undefined);
    }
  };
  return { save, written, error };
}
