import { bulkResponse, parseBulkRequest } from '@rollcall/scim-protocol';
import type { Endpoint } from '../adapter/adapter.ts';
import { requestScope } from '../adapter/request-scope.ts';
import { GetViewer } from '../callers/viewer.ts';
import { describeError } from '../http/error-answer.ts';
import { sendJson } from '../http/send.ts';
import { BulkJournal } from './journal.ts';
import { orderTasks } from './order-tasks.ts';
import { planSteps } from './plan-steps.ts';
import { type ResourcePorts, runSteps } from './run-steps.ts';

/** POST of many operations on resources of these types (RFC 7644 §3.7). */
export const bulkOf =
  (ports: ResourcePorts): Endpoint =>
  (adapter) =>
  async (request, reply) => {
    const scope = requestScope(adapter, request);
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
    await runSteps({ ports, scope, journal }, steps);
    return sendJson(reply, 200, JSON.stringify(bulkResponse(journal.results())));
  };
