'use client';
import { Slider, Text } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';
import { relativeTime } from '@/lib/time/relative-time.ts';
import { useNow } from '@/lib/time/use-now.ts';
import { useTimeWriter } from '@/lib/time/use-time-writer.ts';
import { momentAt, type TimeScale, timeScale } from '../model/time-scale.ts';
import type { Chart } from '../use-chart.ts';
import { presentPlace } from '../use-chart-place.ts';
import classes from './time-bar.module.css';

/** Milliseconds for which the slider rests before the chart of its moment is read. */
const restFor = 140;

/** Takes the chart to any moment of its history, and back to now. */
export function TimeBar({ chart }: { chart: Chart }) {
  const { place, go, facts, told } = chart;
  const write = useTimeWriter();
  // The clock ticks slowly; what has just happened is the past already.
  const latest = told[0] ? Date.parse(told[0].occurredAt) : 0;
  const now = Math.max(useNow(), latest);
  const [dragged, setDragged] = useState<number>();
  const began = facts?.began ? Date.parse(facts.began) : undefined;
  // The scale stands still in the hand of whoever drags: what a place on it means must not change under way.
  const [held, setHeld] = useState<TimeScale>();
  const scale = held ?? timeScale(began ?? now, now);
  const show = useDebouncedCallback((moment: string | undefined, from: string | undefined) => {
    setDragged(undefined);
    // Who went elsewhere by another way meanwhile, such as back to now, is not taken back by the slider.
    if (presentPlace().moment !== from) return;
    go(moment === undefined ? { moment, panel: undefined } : { moment });
  }, restFor);
  if (began === undefined) return null;
  const at = dragged ?? (place.moment ? Date.parse(place.moment) : scale.max);
  const isPast = momentAt(at, scale) !== undefined;
  return (
    <div className={classes.time}>
      <Text size="xs" c="dimmed" visibleFrom="sm" className="numeric">
        {write.moment(began)}
      </Text>
      <Slider
        className={classes.slider}
        size="sm"
        thumbSize={16}
        color={isPast ? 'yellow' : undefined}
        {...scale}
        inverted
        value={Math.min(at, scale.max)}
        onChange={(value) => {
          setHeld(scale);
          setDragged(value);
          show(momentAt(value, scale), presentPlace().moment);
        }}
        onChangeEnd={() => setHeld(undefined)}
        label={(value) => (momentAt(value, scale) ? write.moment(value) : 'Now')}
        thumbLabel="Moment of the chart"
        thumbValueText={(value) => (momentAt(value, scale) ? write.exact(value) : 'Now')}
      />
      <Text size="xs" fw={500} className={classes.now}>
        {isPast ? relativeTime(at, now) : 'Now'}
      </Text>
    </div>
  );
}
