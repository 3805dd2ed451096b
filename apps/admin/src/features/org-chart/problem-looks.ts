import {
  type Icon,
  IconBuilding,
  IconLetterCase,
  IconRefreshAlert,
  IconUserOff,
  IconUserPause,
  IconUserQuestion,
  IconUsers,
  IconUserUp,
} from '@tabler/icons-react';
import type { OrgProblemKind } from './api/problems.ts';

/** How each kind of problem looks and reads. */
export const problemLooks: Record<OrgProblemKind, { icon: Icon; word: string }> = {
  MANAGER_UNKNOWN: { icon: IconUserQuestion, word: 'Unknown manager' },
  MANAGER_INACTIVE: { icon: IconUserPause, word: 'Inactive manager' },
  CYCLE: { icon: IconRefreshAlert, word: 'Managers in a cycle' },
  SELF_MANAGER: { icon: IconUserUp, word: 'Own manager' },
  NO_MANAGER: { icon: IconUserOff, word: 'No manager' },
  NO_DEPARTMENT: { icon: IconBuilding, word: 'No department' },
  DEPARTMENT_SPELLINGS: { icon: IconLetterCase, word: 'Several spellings' },
  DEPARTMENT_CYCLE: { icon: IconRefreshAlert, word: 'Departments in a cycle' },
  NAME_CLASH: { icon: IconUsers, word: 'Name clash' },
};
