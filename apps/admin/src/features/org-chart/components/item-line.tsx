'use client';
import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import classes from './side-panel.module.css';

interface ItemLineProps {
  id: string;
  name: string;
  photo?: string | null;
  detail?: string | null | undefined;
  sign?: ReactNode;
  onChoose: () => void;
}

/** A person or team in a panel; choosing it leads to its card. */
export function ItemLine({ id, name, photo = null, detail, sign, onChoose }: ItemLineProps) {
  return (
    <UnstyledButton className={classes.line} onClick={onChoose}>
      {sign ?? <PersonAvatar id={id} name={name} photo={photo} size={26} />}
      <span className={classes.lineText}>
        <Text truncate fw={500} span display="block">
          {name}
        </Text>
        {detail && (
          <Text c="dimmed" size="xs" truncate span display="block">
            {detail}
          </Text>
        )}
      </span>
    </UnstyledButton>
  );
}

/** A heading with lines below it; nothing where there are none. */
export function Lines({ title, children }: { title: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text c="dimmed" size="xs" mb={4}>
        {title}
      </Text>
      {children}
    </section>
  );
}
