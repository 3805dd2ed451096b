import {
  type Icon,
  IconArrowMerge,
  IconArrowsRightLeft,
  IconHandGrab,
  IconMinus,
  IconPencil,
  IconPlus,
} from '@tabler/icons-react';
import type { PlanPart, StructurePlan } from './api/org-structure.ts';

type PartName = Exclude<keyof StructurePlan, 'personMoves'>;
type PlanItem = PlanPart['examples'][number];

interface PartLook {
  name: PartName;
  icon: Icon;
  /** Arrives is green, changes blue, ends grey, joins what is there already amber. */
  color: 'teal' | 'blue' | 'gray' | 'yellow';
  title: string;
  explanation: string;
  /** What is said beside the name of an example. */
  detail(item: PlanItem): string | null;
}

const fromTo = ({ before, after }: PlanItem) => `${before ?? 'the top'} → ${after ?? 'the top'}`;

/** How each part of a plan looks and reads, in the order in which people ask. */
export const planLooks: readonly PartLook[] = [
  {
    name: 'created',
    icon: IconPlus,
    color: 'teal',
    title: 'Created',
    explanation: 'New teams.',
    detail: ({ after }) => (after ? `under ${after}` : 'at the top'),
  },
  {
    name: 'adopted',
    icon: IconHandGrab,
    color: 'yellow',
    title: 'Adopted',
    explanation:
      'Teams made by hand that have the name already. They are kept, and follow people from then on.',
    detail: () => null,
  },
  {
    name: 'renamed',
    icon: IconPencil,
    color: 'blue',
    title: 'Renamed',
    explanation: 'Teams with another name.',
    detail: ({ before, after }) => `${before} → ${after}`,
  },
  {
    name: 'moved',
    icon: IconArrowsRightLeft,
    color: 'blue',
    title: 'Moved',
    explanation: 'Teams under another parent.',
    detail: fromTo,
  },
  {
    name: 'merged',
    icon: IconArrowMerge,
    color: 'yellow',
    title: 'Merged',
    explanation: 'Several spellings or teams that come together in one.',
    detail: ({ before }) => before,
  },
  {
    name: 'removed',
    icon: IconMinus,
    color: 'gray',
    title: 'Removed',
    explanation: 'Teams that end. Where others are in them too, they go on as teams made by hand.',
    detail: ({ after }) => (after ? 'goes on, made by hand' : null),
  },
];

/** Whether a plan changes nothing at all. */
export function changesNothing(plan: StructurePlan): boolean {
  return plan.personMoves === 0 && planLooks.every(({ name }) => plan[name].count === 0);
}

/** What a plan costs those who are in teams, said before it is carried out. */
export function costInWords({ removed, personMoves }: StructurePlan): string {
  const teams = removed.count === 1 ? '1 team ends' : `${removed.count.toLocaleString('en')} teams end`;
  const people =
    personMoves === 1 ? '1 person changes teams' : `${personMoves.toLocaleString('en')} people change teams`;
  return `${teams} and ${people}.`;
}
