import { Badge, type MantineColor } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

/** A state as icon and word; the colour never stands alone. */
export interface StateLook {
  color: MantineColor;
  icon: Icon;
  label: string;
}

/** Shows a state of anything: a person, a token, a team's origin. */
export function StateBadge({ look: { color, icon: Glyph, label } }: { look: StateLook }) {
  return (
    <Badge
      variant="light"
      color={color}
      size="sm"
      radius="sm"
      tt="none"
      fw={500}
      leftSection={<Glyph size={12} stroke={2} />}
      miw="max-content"
      style={{ flexShrink: 0 }}
    >
      {label}
    </Badge>
  );
}
