'use client';
import { useIntersection } from '@mantine/hooks';
import { useEffect, useEffectEvent } from 'react';

/** Sits below the last row and calls when the reader comes near it. */
export function OlderSentinel({ onVisible }: { onVisible: () => void }) {
  const { ref, entry } = useIntersection({ rootMargin: '600px' });
  const visible = entry?.isIntersecting ?? false;
  const call = useEffectEvent(onVisible);
  useEffect(() => {
    if (visible) call();
  }, [visible]);
  return <div ref={ref} />;
}
