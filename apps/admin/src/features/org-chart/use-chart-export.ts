'use client';
import { useEffect, useRef, useState } from 'react';
import { colorOf } from '@/components/people/person-name.ts';
import { download } from '@/lib/files/download.ts';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';
import { hueName } from './canvas/department-dot.tsx';
import { chartCsv } from './export/chart-csv.ts';
import { drawChart } from './export/chart-drawing.ts';
import { drawingColors } from './export/drawing-colors.ts';
import { toPng } from './export/to-png.ts';
import { layoutChart } from './model/chart-layout.ts';
import { readWholeChart } from './model/read-whole-chart.ts';
import type { Chart } from './use-chart.ts';

/** How far the table has been read. */
export interface ExportProgress {
  read: number;
  total: number;
}

/** Takes what is drawn along as a picture, or the whole chart of the moment as a table. */
export function useChartExport({ place, state, source, facts, guard }: Chart) {
  const [progress, setProgress] = useState<ExportProgress>();
  const { exact } = useTimeWriter();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const { view, moment, branch } = place;
  const total = (view === 'people' ? facts?.personCount : facts?.teamCount) ?? 0;
  const name = `org-chart-${view}-${(moment ?? new Date().toISOString()).slice(0, 16).replace(':', '')}`;

  const draw = () =>
    drawChart(layoutChart(state, branch !== undefined && state.items.has(branch) ? branch : undefined), {
      colors: drawingColors(),
      title: `Org chart, ${view}, ${exact(moment ? Date.parse(moment) : Date.now())}`,
      hueName: (card) => (card.kind === 'item' ? hueName(card.item) : null),
      avatarHue: (card) =>
        (card.kind === 'item' && card.item.kind === 'team' && hueName(card.item)) || colorOf(card.id),
    });

  const saveTable = async () => {
    const controller = new AbortController();
    running.current = controller;
    const onProgress = (read: number) => setProgress({ read, total: Math.max(read, total) });
    onProgress(0);
    try {
      const items = await readWholeChart(source, { moment, onProgress, signal: controller.signal });
      download(chartCsv(view, items), `${name}.csv`, 'text/csv');
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      setProgress(undefined);
    }
  };

  return {
    progress,
    /** Whether there is anything to take along. */
    isEmpty: state.items.size === 0,
    cancel: () => running.current?.abort(),
    saveSvg: () => download(draw().svg, `${name}.svg`, 'image/svg+xml'),
    savePng: () => void guard(toPng(draw()).then((picture) => download(picture, `${name}.png`))),
    saveCsv: () => void guard(saveTable()),
  };
}
