import { bulkCreate } from './bulk.ts';
import { delta } from './delta.ts';
import { addOne, addThousand, readWhole, removeOne } from './groups.ts';
import { complexFilter, list, lookUpByExternalId, lookUpByUserName } from './lists.ts';
import { create, deactivate, get, passing, patch, put, remove } from './people.ts';
import type { Phase } from './phase.ts';

/** All phases in the order in which they are played; each leaves what the next ones need. */
export const phases: readonly Phase[] = [
  passing,
  create,
  get,
  lookUpByUserName,
  lookUpByExternalId,
  list,
  complexFilter,
  patch,
  put,
  readWhole,
  addOne,
  removeOne,
  addThousand,
  delta,
  deactivate,
  bulkCreate,
  remove,
];
