'use client';
import { Tooltip } from '@mantine/core';
import { exactTime, relativeTime } from '@/lib/time/relative-time.ts';
import { useNow } from '@/lib/time/use-now.ts';

/** A time relative to now, with the exact instant of the viewer's zone on hover. */
export function TimeAgo({ at, never = 'never' }: { at: string | null; never?: string }) {
  const now = useNow();
  if (!at) return <span>{never}</span>;
  const instant = Date.parse(at);
  return (
    <Tooltip label={exactTime(instant)}>
      <time dateTime={at} className="numeric" style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(instant, now)}
      </time>
    </Tooltip>
  );
}
