import { type Icon, IconBuilding, IconCircleOff, IconHierarchy3 } from '@tabler/icons-react';
import type { CreateTeams } from './api/org-structure.ts';

interface StructureChoice {
  value: CreateTeams;
  icon: Icon;
  title: string;
  explanation: string;
  /** What it makes of a person in Sales who reports to John Harrison. */
  example: readonly string[];
}

/** What teams can be made from. */
export const structureChoices: readonly StructureChoice[] = [
  {
    value: 'NONE',
    icon: IconCircleOff,
    title: 'None',
    explanation: 'No teams follow from people. Teams are made by hand or pushed by the identity provider.',
    example: [],
  },
  {
    value: 'DEPARTMENT',
    icon: IconBuilding,
    title: 'Department',
    explanation:
      'A team for each department. Where its people’s managers belong to another one, that is its parent.',
    example: ['Company', 'Sales'],
  },
  {
    value: 'MANAGER',
    icon: IconHierarchy3,
    title: 'Manager',
    explanation:
      'A team for each department, and below it one for each manager, with those who report to them.',
    example: ['Company', 'Sales', 'Sales - John Harrison'],
  },
];

/** A choice's title. */
export function choiceTitle(value: CreateTeams): string {
  return structureChoices.find((choice) => choice.value === value)?.title ?? value;
}
