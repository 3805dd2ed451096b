interface Progress {
  done: number;
  total: number;
  /** Milliseconds since the beginning. */
  elapsed: number;
}

/** How long something will take, judged by how long it took so far; nothing while that says too little. */
export function timeLeft({ done, total, elapsed }: Progress): string {
  if (done === 0 || elapsed < 3_000 || done >= total) return '';
  const seconds = Math.round((elapsed / done) * (total - done)) / 1_000;
  if (seconds < 60) return 'less than a minute left';
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}
