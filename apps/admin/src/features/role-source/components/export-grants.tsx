'use client';
import { Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { ErrorState } from '@/components/ui/error-state.tsx';
import { ChangedMeanwhile, useExportGrants } from '../api/export-grants.ts';

/** Saves the whole list as a file, which is the only copy once it is erased. */
export function ExportGrants({ version, total }: { version: string; total: number }) {
  const { save, written, error } = useExportGrants(version);
  const busy = written !== undefined;
  return (
    <Group gap="xs">
      {busy && (
        <Text c="dimmed" role="status" className="numeric">
          {written.toLocaleString('en')} of {total.toLocaleString('en')}
        </Text>
      )}
      {error instanceof ChangedMeanwhile && (
        <Text c="var(--mantine-color-error)" role="alert">
          {error.message}
        </Text>
      )}
      {Boolean(error) && !(error instanceof ChangedMeanwhile) && <ErrorState error={error} />}
      {(['csv', 'json'] as const).map((format) => (
        <Button
          key={format}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
          disabled={busy}
          onClick={() => save(format)}
        >
          Export {format.toUpperCase()}
        </Button>
      ))}
    </Group>
  );
}
