import { SingleBar } from 'cli-progress';
import type { ProgressEvent } from './cycle/progress-event.ts';

/** Shows how far a run has come. */
export interface ProgressDisplay {
  readonly onProgress: (event: ProgressEvent) => void;
  readonly stop: () => void;
}

/** A bar per phase on a terminal, else a line per phase, so that a log stays readable. */
export function progressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? barDisplay(stream) : lineDisplay(stream);
}

function barDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  let bar: SingleBar | undefined;
  let shown = '';
  const stop = () => {
    bar?.stop();
    bar = undefined;
  };
  const onProgress = (event: ProgressEvent) => {
    if (event.total === 0) return;
    const label = labelOf(event);
    if (label !== shown) {
      stop();
      shown = label;
      bar = new SingleBar({
        stream,
        format: `${label.padEnd(18)} {bar} {percentage}% | {value}/{total} | {eta_formatted} left`,
        barsize: 30,
        hideCursor: true,
      });
      bar.start(event.total, event.done);
    }
    bar?.update(event.done);
  };
  return { onProgress, stop };
}

function lineDisplay(stream: NodeJS.WritableStream): ProgressDisplay {
  const onProgress = (event: ProgressEvent) => {
    if (event.done === event.total) stream.write(`${labelOf(event)}: ${event.done} of ${event.total}\n`);
  };
  return { onProgress, stop: () => {} };
}

function labelOf({ cycle, phase }: ProgressEvent): string {
  return cycle === undefined ? phase : `${cycle} ${phase}`;
}
