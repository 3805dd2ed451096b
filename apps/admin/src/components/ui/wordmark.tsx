import { Group, Text } from '@mantine/core';

/** The name with its mark: a list being ticked off. */
export function Wordmark({ size = 18 }: { size?: number }) {
  return (
    <Group gap={8} wrap="nowrap">
      <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden>
        <rect width="20" height="20" rx="5.5" fill="var(--mantine-primary-color-filled)" />
        <path
          d="M5 6.4l1.2 1.2 2-2.2M5 12.6l1.2 1.2 2-2.2M11 6.8h4M11 13h4"
          fill="none"
          stroke="#fff"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text fw={650} style={{ fontSize: size * 0.8, letterSpacing: '-0.01em' }}>
        Rollcall
      </Text>
    </Group>
  );
}
