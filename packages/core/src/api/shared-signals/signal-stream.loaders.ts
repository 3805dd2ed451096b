import { findSignalStreams, type SignalStreamRecord } from '../../shared-signals/find-signal-streams.ts';
import type { Load } from '../request/loaders.ts';

export const signalStreamOf: Load<SignalStreamRecord | undefined> = ({ db, accountId }, ids) =>
  findSignalStreams(db, accountId, ids);
