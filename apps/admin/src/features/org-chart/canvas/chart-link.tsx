import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { linkPath } from './link-path.ts';
import type { LinkEdge } from './to-flow.ts';

/** The line from a card to one below it. */
export function ChartLink({ sourceX, sourceY, targetX, targetY, data }: EdgeProps<LinkEdge>) {
  const path = linkPath({ x: sourceX, y: sourceY }, { x: targetX, y: targetY }, data?.entry ?? 'top');
  return (
    <BaseEdge
      path={path}
      style={{
        stroke: data?.lit ? 'var(--mantine-primary-color-filled)' : 'var(--line-strong)',
        strokeWidth: data?.lit ? 1.8 : 1.2,
      }}
    />
  );
}
