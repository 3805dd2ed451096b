'use client';
import { Group, Select, Stack, Text } from '@mantine/core';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { Section } from '@/components/ui/section.tsx';
import { type TimeFormat, timeWriter } from '@/lib/time/time-format.ts';
import { useNow } from '@/lib/time/use-now.ts';
import { type Profile, useUpdateTimeSettings } from '../api/profile.ts';

type Settings = NonNullable<Profile['timeSettings']>;

const formats: readonly TimeFormat[] = ['ISO', 'DAY_MONTH_24H', 'DAY_MONTH_12H', 'MONTH_DAY_12H'];
/** An afternoon whose day can't be taken for a month. */
const EXAMPLE = Date.UTC(2026, 2, 24, 14, 30);

const formatChoices = formats.map((timeFormat) => ({
  value: timeFormat,
  label: timeWriter({ timeZone: 'UTC', timeFormat }).moment(EXAMPLE),
}));

/** Every zone that the browser knows, and the one that was chosen elsewhere. */
function zoneChoices(chosen: string | null): string[] {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  return [...new Set(chosen === null ? zones : [chosen, ...zones])];
}

/** What counts while nothing is chosen. */
const otherwise = (fromDirectory: string | null, chosen: string | null, browser: string): string =>
  chosen === null && fromDirectory !== null ? `${fromDirectory}, as in the directory` : browser;

/** In which zone and how times are shown to whoever is signed in. */
export function TimeSettingsForm({ settings }: { settings: Settings }) {
  const { timeZone, timeFormat, chosenTimeZone, chosenTimeFormat } = settings;
  const [update, { error }] = useUpdateTimeSettings();
  const now = useNow();
  // A refusal is shown through `error`.
  const change = (input: { timeZone: string | null } | { timeFormat: TimeFormat | null }) =>
    void update({ variables: { input } }).catch(() => undefined);
  const usual = formatChoices.find(({ value }) => value === timeFormat)?.label ?? null;
  return (
    <Section title="Dates and times">
      <Stack gap="md">
        {error && <ErrorState error={error} />}
        <Group gap="md" align="flex-start">
          <Select
            label="Time zone"
            w={300}
            searchable
            clearable
            nothingFoundMessage="No such zone"
            placeholder={otherwise(timeZone, chosenTimeZone, 'As this browser says')}
            data={zoneChoices(chosenTimeZone)}
            value={chosenTimeZone}
            onChange={(zone) => change({ timeZone: zone })}
            clearButtonProps={{ 'aria-label': 'Choose no time zone' }}
          />
          <Select
            label="Format"
            w={300}
            clearable
            placeholder={otherwise(usual, chosenTimeFormat, 'As this browser says')}
            data={formatChoices}
            value={chosenTimeFormat}
            onChange={(format) => change({ timeFormat: formats.find((each) => each === format) ?? null })}
            clearButtonProps={{ 'aria-label': 'Choose no format' }}
          />
        </Group>
        <Text c="dimmed" size="xs">
          It is <span className="numeric">{timeWriter(settings).exact(now)}</span>. Times are shown so to you
          alone, on every device.
        </Text>
      </Stack>
    </Section>
  );
}
