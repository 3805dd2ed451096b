'use client';
import { Button, Center, Text } from '@mantine/core';

interface MoreButtonProps {
  /** What there is more of. */
  what: string;
  loading: boolean;
  /** Shows more; undefined where no further can be shown. */
  more: (() => void) | undefined;
}

/** The end of a list that goes on. */
export function MoreButton({ what, loading, more }: MoreButtonProps) {
  return (
    <Center>
      {more ? (
        <Button variant="subtle" color="gray" loading={loading} onClick={more}>
          More {what}
        </Button>
      ) : (
        <Text c="dimmed" size="xs">
          There are more {what} than this list can show.
        </Text>
      )}
    </Center>
  );
}
