import { type Icon, IconArrowsRightLeft, IconMinus, IconPencil, IconPlus } from '@tabler/icons-react';
import type { PersonDifference, TeamDifference } from './api/chart-diff.ts';

interface DifferenceLook {
  icon: Icon;
  /** Arrived is green, changed blue, left grey. */
  color: 'teal' | 'blue' | 'gray';
  word: string;
}

/** How each kind of difference between two moments looks and reads. */
export const differenceLooks: Record<PersonDifference['kind'] | TeamDifference['kind'], DifferenceLook> = {
  JOINED: { icon: IconPlus, color: 'teal', word: 'joined' },
  CREATED: { icon: IconPlus, color: 'teal', word: 'created' },
  LEFT: { icon: IconMinus, color: 'gray', word: 'left' },
  REMOVED: { icon: IconMinus, color: 'gray', word: 'removed' },
  MOVED: { icon: IconArrowsRightLeft, color: 'blue', word: 'moved' },
  RENAMED: { icon: IconPencil, color: 'blue', word: 'renamed' },
  CHANGED: { icon: IconPencil, color: 'blue', word: 'changed' },
};
