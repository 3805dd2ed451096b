'use client';
import { useMantineColorScheme } from '@mantine/core';
import { Background, BackgroundVariant, Controls, MiniMap, Panel, ReactFlow } from '@xyflow/react';
import type { useChart } from '../api/use-chart.ts';
import { ChartActionsContext } from '../chart-actions.tsx';
import type { CardNode } from '../to-flow.ts';
import { useChartCamera } from '../use-chart-camera.ts';
import { useChartKeys } from '../use-chart-keys.ts';
import { CardOnCanvas } from './chart-card.tsx';
import { ChartChanges } from './chart-changes.tsx';
import { ChartLink } from './chart-link.tsx';
import { ChartSearch } from './chart-search.tsx';
import { departmentColor } from './department-dot.tsx';
import classes from './org-chart.module.css';

const nodeTypes = { card: CardOnCanvas };
const edgeTypes = { link: ChartLink };

const minimapColor = ({ data: { card } }: CardNode) =>
  card.kind === 'person' ? departmentColor(card.person.department) : 'var(--line-strong)';

/** The canvas: pan, zoom, search, arrow keys; a change arrives as a short move. */
export function ChartCanvas({ chart }: { chart: ReturnType<typeof useChart> }) {
  const { colorScheme } = useMantineColorScheme();
  const camera = useChartCamera(chart);
  const keys = useChartKeys(camera);
  return (
    <ChartActionsContext value={camera.actions}>
      <ReactFlow<CardNode>
        ref={camera.canvas}
        className={classes.canvas}
        colorMode={colorScheme === 'auto' ? 'system' : colorScheme}
        nodes={camera.nodes}
        edges={camera.edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onlyRenderVisibleElements
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        edgesFocusable={false}
        disableKeyboardA11y
        minZoom={0.05}
        maxZoom={1.6}
        panOnScroll
        onPaneClick={camera.unfocus}
        onInit={camera.showStart}
        onKeyDown={keys}
        aria-label="Org chart"
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.2} />
        <Controls showInteractive={false} position="bottom-right" orientation="horizontal" />
        <MiniMap<CardNode>
          position="top-right"
          pannable
          zoomable
          nodeColor={minimapColor}
          nodeBorderRadius={8}
          ariaLabel="Map of what is open"
          style={{ width: 168, height: 104 }}
        />
        <Panel position="top-left" className={classes.toolbar}>
          <ChartSearch onChoose={camera.reveal} />
        </Panel>
        <Panel position="bottom-left">
          <ChartChanges changes={chart.changes} onChoose={camera.reveal} />
        </Panel>
      </ReactFlow>
    </ChartActionsContext>
  );
}
