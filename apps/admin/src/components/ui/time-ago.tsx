'use client';
import { Tooltip } from '@mantine/core';
import { relativeTime } from '@/lib/time/relative-time.ts';
import { useNow } from '@/lib/time/use-now.ts';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';

/** A time relative to now, with the exact instant of the viewer's zone on hover. */
export function TimeAgo({ at, never = 'never' }: { at: string | null; never?: string }) {
  const now = useNow();
  const { exact } = useTimeWriter();
  if (!at) return <span>{never}</span>;
  const instant = Date.parse(at);
  return (
    <Tooltip label={exact(instant)}>
      <time dateTime={at} className="numeric" style={{ whiteSpace: 'nowrap' }}>
        {relativeTime(instant, now)}
      </time>
    </Tooltip>
  );
}
