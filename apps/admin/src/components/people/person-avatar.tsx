import { Avatar } from '@mantine/core';
import { colorOf, initials } from './person-name.ts';
import { photoUrl } from './photo-url.ts';

interface PersonAvatarProps {
  id: string;
  name: string;
  /** The address of a picture; initials stand in until it is there. */
  photo?: string | null;
  size?: number;
}

/** The picture of a person, or their initials in a colour of their own. */
export function PersonAvatar({ id, name, photo = null, size = 26 }: PersonAvatarProps) {
  return (
    <Avatar
      src={photoUrl(photo)}
      imageProps={{ referrerPolicy: 'no-referrer', loading: 'lazy' }}
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
