'use client';
import { useState } from 'react';

const step = 50;
/** The largest page that the server gives. */
const mostRows = 500;

/**
 * How many rows of a list are asked for: it grows from its beginning, so that reading it again keeps what is on the
 * screen. Where `more` is undefined no further can be shown.
 */
export function useGrowingList() {
  const [first, setFirst] = useState(step);
  const grow = () => setFirst((before) => Math.min(mostRows, before + step));
  return { first, more: first < mostRows ? grow : undefined, startOver: () => setFirst(step) };
}
