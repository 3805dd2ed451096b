import type { Icon } from '@tabler/icons-react';

/** Something that a change would do, in a sentence. */
export interface Consequence {
  readonly icon: Icon;
  /** Comes is green, goes grey, what can’t be undone or gives power amber, what stays blue. */
  readonly color: 'teal' | 'gray' | 'yellow' | 'blue';
  readonly text: string;
}
