import type { FeedStatus } from '@/lib/live/feed.ts';

export interface LiveStatus {
  look: 'connecting' | 'live' | 'reconnecting' | 'behind';
  label: string;
  explanation: string;
}

/** Milliseconds after which an event counts as late. */
const lateAfter = 5_000;

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3_600 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

/** Says in words whether the page is live. */
export function describeStatus({ state, lag }: FeedStatus): LiveStatus {
  if (state === 'connecting') {
    return { look: 'connecting', label: 'Connecting', explanation: 'Opening the live connection.' };
  }
  if (state === 'reconnecting') {
    return {
      look: 'reconnecting',
      label: 'Reconnecting',
      explanation: 'The live connection was lost. It resumes where it stopped; nothing will be missed.',
    };
  }
  if (lag > lateAfter) {
    return {
      look: 'behind',
      label: `${duration(lag)} behind`,
      explanation: 'Catching up on what happened in the meantime.',
    };
  }
  return { look: 'live', label: 'Live', explanation: 'Changes appear here as they happen.' };
}
