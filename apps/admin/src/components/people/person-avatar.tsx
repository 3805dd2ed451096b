import { Avatar } from '@mantine/core';
import { colorOf, initials } from './person-name.ts';

/** The initials of a person in a colour of their own. */
export function PersonAvatar({ id, name, size = 26 }: { id: string; name: string; size?: number }) {
  return (
    <Avatar
      size={size}
      radius="xl"
      color={colorOf(id)}
      aria-hidden
      styles={{ placeholder: { fontSize: size * 0.38, fontWeight: 600 } }}
    >
      {initials(name)}
    </Avatar>
  );
}
