'use client';
import { type ReactNode, useState } from 'react';
import classes from './glow.module.css';

/** Lets a value glow for two seconds when it changes, not when it first appears. */
export function Glow({ value, children }: { value: string | number | null; children: ReactNode }) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    <span key={seen.changes} className={seen.changes > 0 ? classes.glow : undefined}>
      {children}
    </span>
  );
}
