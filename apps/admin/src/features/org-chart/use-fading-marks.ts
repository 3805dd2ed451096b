'use client';
import { useMemo, useRef, useState } from 'react';
import { type Marks, unmarkedBy } from './model/chart-marks.ts';

/** Milliseconds for which a change stays marked and a leaver fades out. */
const markFor = 2_400;
const nothing: readonly Marks[] = [];

/** Marks by batch: each batch fades after its own while, however many follow. */
export function useFadingMarks() {
  const [batches, setBatches] = useState(nothing);
  const latest = useRef(nothing);
  const fading = useRef(new Set<ReturnType<typeof setTimeout>>());
  const marks: Marks = useMemo(() => new Map(batches.flatMap((batch) => [...batch])), [batches]);
  const set = (next: readonly Marks[]) => {
    latest.current = next;
    setBatches(next);
  };
  /** Marks a batch; tells who fades with it, which is nobody whom a later one has marked again. */
  const add = (batch: Marks, onFaded: (ids: readonly string[]) => void) => {
    set([...latest.current, batch]);
    const fade = setTimeout(() => {
      fading.current.delete(fade);
      set(latest.current.filter((each) => each !== batch));
      onFaded(unmarkedBy(latest.current, batch));
    }, markFor);
    fading.current.add(fade);
  };
  const clear = () => {
    for (const fade of fading.current) clearTimeout(fade);
    fading.current.clear();
    set(nothing);
  };
  return { marks, add, clear };
}
