import type { AnsweredRequest } from '../scim-requests/answered-request.ts';
import { newId } from '../text/uuid.ts';

/** A request of an account that was answered. */
export const answeredRequest = (accountId: string, more: Partial<AnsweredRequest> = {}): AnsweredRequest => ({
  accountId,
  connectionId: null,
  tokenId: null,
  id: newId(),
  requestId: crypto.randomUUID(),
  method: 'GET',
  url: '/scim/v2/Users',
  status: 200,
  durationMs: 1.4,
  body: undefined,
  bodySize: 0,
  answer: '{"totalResults":0}',
  userAgent: undefined,
  address: '127.0.0.1',
  ...more,
});
