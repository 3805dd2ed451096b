'use client';
import { useMantineColorScheme } from '@mantine/core';
import { IconFold, IconLayersSubtract } from '@tabler/icons-react';
import {
  Background,
  BackgroundVariant,
  ControlButton,
  Controls,
  MiniMap,
  Panel,
  ReactFlow,
} from '@xyflow/react';
import type { ReactNode } from 'react';
import { closeLevels, openNextLevel } from '../open-levels.ts';
import type { Chart } from '../use-chart.ts';
import { ChartActionsContext } from './chart-actions.tsx';
import classes from './chart-canvas.module.css';
import { CardOnCanvas } from './chart-card.tsx';
import { ChartLink } from './chart-link.tsx';
import { itemColor } from './department-dot.tsx';
import type { CardNode } from './to-flow.ts';
import { type ChartCamera, useChartCamera } from './use-chart-camera.ts';
import { useChartKeys } from './use-chart-keys.ts';

const nodeTypes = { card: CardOnCanvas };
const edgeTypes = { link: ChartLink };

/** From so many cards on, moves are not animated: that all is drawn at once counts more. */
const manyCards = 400;

const minimapColor = ({ data: { card } }: CardNode) =>
  card.kind === 'item' ? itemColor(card.item) : 'var(--line-strong)';

function CanvasControls({ chart, camera }: { chart: Chart; camera: ChartCamera }) {
  return (
    <>
      <MiniMap<CardNode>
        position="bottom-right"
        pannable
        zoomable
        nodeColor={minimapColor}
        nodeBorderRadius={8}
        ariaLabel="Map of what is open"
        style={{ width: 168, height: 104, marginBottom: 52 }}
      />
      <Controls
        showInteractive={false}
        position="bottom-right"
        orientation="horizontal"
        fitViewOptions={{ padding: 0.1, maxZoom: 1 }}
      >
        <ControlButton
          onClick={() => void chart.guard(openNextLevel(chart.store, camera.layout))}
          title="Open one level more (E)"
          aria-label="Open one level more"
        >
          <IconLayersSubtract size={14} />
        </ControlButton>
        <ControlButton
          onClick={() => closeLevels(chart.store, chart.place.branch)}
          title="Fold everything (C)"
          aria-label="Fold everything"
        >
          <IconFold size={14} />
        </ControlButton>
      </Controls>
    </>
  );
}

/** The canvas: pan, zoom, arrow keys; a change arrives as a short move. */
export function ChartCanvas({ chart, aside }: { chart: Chart; aside: ReactNode }) {
  const { colorScheme } = useMantineColorScheme();
  const camera = useChartCamera(chart);
  const keys = useChartKeys(chart, camera);
  return (
    <ChartActionsContext value={camera.actions}>
      <ReactFlow<CardNode>
        ref={camera.canvas}
        className={classes.canvas}
        data-many={camera.nodes.length > manyCards || undefined}
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
        minZoom={0.02}
        maxZoom={1.6}
        panOnScroll
        onPaneClick={camera.unfocus}
        onInit={camera.showStart}
        onKeyDown={keys}
        tabIndex={0}
        aria-label="Org chart: the arrow keys walk from card to card"
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.2} />
        <CanvasControls chart={chart} camera={camera} />
        <Panel position="bottom-left">{aside}</Panel>
      </ReactFlow>
    </ChartActionsContext>
  );
}
