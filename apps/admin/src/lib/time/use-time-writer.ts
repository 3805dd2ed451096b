'use client';
import { useSyncExternalStore } from 'react';
import { type TimeSettings, type TimeWriter, timeWriter } from './time-format.ts';

let settings: TimeSettings = { timeZone: null, timeFormat: null };
let writer = timeWriter(settings);
const listeners = new Set<() => void>();

/** From now on the whole page shows times so. */
export function showTimesAs({ timeZone, timeFormat }: TimeSettings): void {
  if (timeZone === settings.timeZone && timeFormat === settings.timeFormat) return;
  settings = { timeZone, timeFormat };
  writer = timeWriter(settings);
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Writes times as whoever is signed in wants to see them. */
export const useTimeWriter = (): TimeWriter =>
  useSyncExternalStore(
    subscribe,
    () => writer,
    () => writer,
  );
