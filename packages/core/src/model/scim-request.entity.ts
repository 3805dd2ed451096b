import { defineEntity } from '@mikro-orm/core';

/** One request of an identity provider and how it was answered, masked. Rows are only ever added, and go with their day. */
export const ScimRequestSchema = defineEntity({
  name: 'ScimRequest',
  tableName: 'scim_requests',
  properties: (p) => ({
    accountId: p.uuid().primary(),
    /** Has the time in it at which the request came: days are ranges of ids. */
    id: p.uuid().primary(),
    /** What the answer and the events call it. A client may choose it, and so use it twice. */
    requestId: p.text(),
    receivedAt: p.datetime().$type<Date>(),
    connectionId: p.uuid().nullable(),
    tokenId: p.uuid().nullable(),
    method: p.text(),
    /** With the query. */
    path: p.text(),
    resourceType: p.text().nullable(),
    /** The person or team that it is about, where that is one and known. */
    resourceId: p.uuid().nullable(),
    /** Its userName or displayName, also where there is none of that name. */
    resourceName: p.text().nullable(),
    status: p.integer(),
    scimType: p.text().nullable(),
    detail: p.text().nullable(),
    durationMs: p.integer(),
    requestBody: p.text().nullable(),
    /** In bytes, whatever is kept of it. */
    requestSize: p.integer(),
    responseBody: p.text().nullable(),
    responseSize: p.integer(),
    userAgent: p.text().nullable(),
    address: p.text(),
  }),
});
