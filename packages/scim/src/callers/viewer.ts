import { graphql } from '@rollcall/graphql-client';

/** Who a credential belongs to. */
export const GetViewer = graphql(`query ScimViewer { viewer { kind user { id } } }`);

/** What /Me and /Bulk ask about the caller. */
export const viewerDocuments = [GetViewer];
