'use client';
import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import {
  type Icon,
  IconBrandGoogle,
  IconBrandWindows,
  IconCircleDashed,
  IconCircleDot,
  IconCircleNumber1,
  IconCloud,
  IconKey,
} from '@tabler/icons-react';
import type { Preset } from '../api/sign-in-connections.ts';
import { presetIds, presets } from '../presets.ts';
import classes from './sign-in-settings.module.css';

const glyphs: Record<Preset, Icon> = {
  ENTRA: IconBrandWindows,
  OKTA: IconCircleDashed,
  GOOGLE: IconBrandGoogle,
  ONELOGIN: IconCircleNumber1,
  PING: IconCircleDot,
  JUMPCLOUD: IconCloud,
  GENERIC: IconKey,
};

/** Which provider it is; the set-up speaks its words. */
export function PresetCards({ onChoose }: { onChoose: (preset: Preset) => void }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {presetIds.map((id) => {
        const Glyph = glyphs[id];
        return (
          <UnstyledButton key={id} className={classes.preset} onClick={() => onChoose(id)}>
            <Glyph size={22} stroke={1.6} aria-hidden />
            <span>
              <Text span fw={600} display="block">
                {presets[id].label}
              </Text>
              <Text span c="dimmed" size="xs">
                {presets[id].summary}
              </Text>
            </span>
          </UnstyledButton>
        );
      })}
    </SimpleGrid>
  );
}
