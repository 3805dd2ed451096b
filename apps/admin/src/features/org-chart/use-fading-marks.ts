'use client';
import { useMemo, useRef, useState } from 'react';
import type { Mark } from './model/chart-marks.ts';

type Marks = ReadonlyMap<string, Mark>;

/** Milliseconds for which a change stays marked and a leaver fades out. */
const markFor = 2_400;
const nothing: readonly Marks[] = [];

/** Marks by batch: each batch fades after its own while, however many follow. */
export function useFadingMarks() {
  const [batches, setBatches] = useState(nothing);
  const fading = useRef(new Set<ReturnType<typeof setTimeout>>());
  const marks: Marks = useMemo(() => new Map(batches.flatMap((batch) => [...batch])), [batches]);
  const add = (batch: Marks, onFaded: () => void) => {
    setBatches((before) => [...before, batch]);
    const fade = setTimeout(() => {
      fading.current.delete(fade);
      setBatches((before) => before.filter((each) => each !== batch));
      onFaded();
    }, markFor);
    fading.current.add(fade);
  };
  const clear = () => {
    for (const fade of fading.current) clearTimeout(fade);
    fading.current.clear();
    setBatches(nothing);
  };
  return { marks, add, clear };
}
