import { setTimeout as sleep } from 'node:timers/promises';
import type { Viewer } from './viewer.ts';

/** How soon PostgreSQL is asked again that did not answer. */
const LOOK_AGAIN_MS = 1000;

/** How to hear of changes of a credential, and how to look it up again. */
export interface ViewerSource {
  watch(viewer: Viewer, changed: () => void): () => void;
  authenticate(): Promise<Viewer>;
}

/**
 * Calls back with the viewer of a credential at first, and whenever what it allows may have changed: with nobody once it has
 * ended. What it gives stops that.
 */
export function followViewer(
  { watch, authenticate }: ViewerSource,
  viewer: Viewer,
  changed: (viewer: Viewer) => void,
): () => void {
  let isOver = false;
  let isLooking = false;
  let mustLookAgain = false;
  let stop = watch(viewer, look);
  // What changed since the viewer was looked up was not heard.
  look();

  function look(): void {
    mustLookAgain = true;
    if (!isLooking) void lookUntilNothingIsNew();
  }

  async function lookUntilNothingIsNew(): Promise<void> {
    isLooking = true;
    while (mustLookAgain && !isOver) {
      mustLookAgain = false;
      const now = await authenticate().catch(() => undefined);
      if (isOver) break;
      if (now === undefined) {
        // Without an answer nothing is known, and the notice does not come again.
        mustLookAgain = await sleep(LOOK_AGAIN_MS, true, { ref: false });
        continue;
      }
      stop();
      stop = watch(now, look);
      changed(now);
    }
    isLooking = false;
  }

  return () => {
    isOver = true;
    stop();
  };
}
