'use client';
import { useState } from 'react';

/** Does work and keeps what went wrong with the last of it, to be shown. */
export function useGuard() {
  const [error, setError] = useState<unknown>();
  const guard = async (work: Promise<unknown>): Promise<void> => {
    try {
      setError(undefined);
      await work;
    } catch (cause) {
      setError(cause);
    }
  };
  return { error, guard };
}
