import { bulkResponse, parseBulkRequest } from '@rollcall/scim-protocol';
import type { Endpoint } from '../adapter.ts';
import { describeError } from '../http/error-answer.ts';
import { sendJson } from '../http/send.ts';
import { GetViewer } from '../me/documents.ts';
import { writeScopeOf } from '../write-scope.ts';
import { BulkJournal } from './journal.ts';
import { orderTasks } from './order-tasks.ts';
import { planSteps } from './plan-steps.ts';
import { runSteps } from './run-steps.ts';

/** POST /Bulk (RFC 7644 §3.7). */
export const processBulk: Endpoint = (adapter) => async (request, reply) => {
  const scope = writeScopeOf(adapter, request);
  // A credential that is no good fails the request, not each operation.
  await adapter.client.execute(GetViewer, {}, scope.caller);
  const { operations, failOnErrors } = parseBulkRequest(request.body, {
    maxOperations: adapter.limits.maxBulkOperations,
  });
  const steps = planSteps(orderTasks(operations), { isStopped: failOnErrors !== undefined });
  const journal = new BulkJournal({
    operations,
    failOnErrors,
    urls: scope.urls,
    describe: (error) => describeError(error, request),
  });
  await runSteps(scope, steps, journal);
  return sendJson(reply, 200, JSON.stringify(bulkResponse(journal.results())));
};
