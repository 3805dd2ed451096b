'use client';
import { Button, Group, Menu, Progress, Text } from '@mantine/core';
import { IconDownload, IconFileTypeCsv, IconFileTypeSvg, IconPhoto } from '@tabler/icons-react';
import type { Chart } from '../use-chart.ts';
import { type ExportProgress, useChartExport } from '../use-chart-export.ts';
import classes from './chart-toolbar.module.css';

function Reading({ progress: { read, total }, onCancel }: { progress: ExportProgress; onCancel(): void }) {
  const share = total === 0 ? 0 : Math.round((read / total) * 100);
  return (
    <Group gap="xs" wrap="nowrap" role="status">
      <Progress value={share} w={80} aria-label="Reading the chart" />
      <Text size="xs" className="numeric">
        {read.toLocaleString('en')} of {total.toLocaleString('en')}
      </Text>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={onCancel}>
        Cancel
      </Button>
    </Group>
  );
}

/** The chart to take along: a picture of what is open, or a table of the whole. */
export function ExportMenu({ chart }: { chart: Chart }) {
  const { progress, isEmpty, cancel, savePng, saveSvg, saveCsv } = useChartExport(chart);
  const { view } = chart.place;
  if (progress) return <Reading progress={progress} onCancel={cancel} />;
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button
          variant="default"
          className={classes.button}
          disabled={isEmpty}
          leftSection={<IconDownload size={14} />}
        >
          <span className={classes.word}>Export</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>What is open, as drawn</Menu.Label>
        <Menu.Item leftSection={<IconPhoto size={15} />} onClick={savePng}>
          Picture (PNG)
        </Menu.Item>
        <Menu.Item leftSection={<IconFileTypeSvg size={15} />} onClick={saveSvg}>
          Drawing (SVG)
        </Menu.Item>
        <Menu.Label>The whole chart</Menu.Label>
        <Menu.Item leftSection={<IconFileTypeCsv size={15} />} onClick={saveCsv}>
          {view === 'people' ? 'Table of all people (CSV)' : 'Table of all teams (CSV)'}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
