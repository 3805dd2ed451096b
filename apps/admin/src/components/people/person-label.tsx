import { Group, Text } from '@mantine/core';
import Link from 'next/link';
import { PersonAvatar } from './person-avatar.tsx';
import { personName } from './person-name.ts';

interface PersonLabelProps {
  person: { id: string; displayName?: string | null; userName?: string | null };
  /** A second, quiet line. */
  detail?: string | null;
  size?: number;
}

/** A person as they look everywhere: avatar, name, a quiet line, linked to their page. */
export function PersonLabel({ person, detail, size = 26 }: PersonLabelProps) {
  const name = personName(person);
  return (
    <Group gap={10} wrap="nowrap" miw={0}>
      <PersonAvatar id={person.id} name={name} size={size} />
      <div style={{ minWidth: 0 }}>
        <Text
          component={Link}
          href={`/people/${person.id}`}
          fw={500}
          truncate
          display="block"
          onClick={(event) => event.stopPropagation()}
        >
          {name}
        </Text>
        {detail && (
          <Text c="dimmed" size="xs" truncate>
            {detail}
          </Text>
        )}
      </div>
    </Group>
  );
}
