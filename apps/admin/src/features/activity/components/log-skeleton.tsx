import { Group, Skeleton, Stack } from '@mantine/core';

const widths = [46, 38, 52, 41, 35, 48, 43, 39];

/** Holds the place of the first events. */
export function LogSkeleton() {
  return (
    <Stack gap={26} pt={12} aria-hidden>
      {widths.map((width) => (
        <Group key={width} gap={12} wrap="nowrap" px={8}>
          <Skeleton circle height={26} />
          <Stack gap={8} flex={1}>
            <Skeleton height={10} width={`${width}%`} />
            <Skeleton height={8} width={`${width / 2}%`} />
          </Stack>
        </Group>
      ))}
    </Stack>
  );
}
