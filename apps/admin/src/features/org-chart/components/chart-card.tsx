'use client';
import { IconChevronDown, IconChevronUp, IconDots, IconUsers } from '@tabler/icons-react';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { memo } from 'react';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { personName } from '@/components/people/person-name.ts';
import type { Person } from '@/lib/live/entity-fragments.ts';
import { useChartActions } from '../chart-actions.tsx';
import { foldId } from '../chart-state.ts';
import type { CardNode } from '../to-flow.ts';
import classes from './chart-card.module.css';
import { DepartmentDot } from './department-dot.tsx';

interface CountProps {
  id: string;
  count: number;
  open: boolean;
}

function Count({ id, count, open }: CountProps) {
  const { toggle } = useChartActions();
  const Chevron = open ? IconChevronUp : IconChevronDown;
  const counted = id === foldId ? 'people without manager' : count === 1 ? 'report' : 'reports';
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${classes.count} nodrag nopan`}
      data-open={open || undefined}
      onClick={(event) => {
        event.stopPropagation();
        toggle(id);
      }}
      aria-label={`${open ? 'Fold' : 'Open'} ${count} ${counted}`}
    >
      {count.toLocaleString('en')}
      <Chevron size={11} stroke={2.4} />
    </button>
  );
}

function PersonCard({ person }: { person: Person }) {
  const name = personName(person);
  return (
    <>
      <PersonAvatar id={person.id} name={name} size={34} />
      <span className={classes.text}>
        <span className={classes.name}>{name}</span>
        <span className={classes.title}>
          <DepartmentDot department={person.department} />
          {person.title ?? person.department ?? person.userName}
        </span>
      </span>
    </>
  );
}

/** A card: a person, the fold of those without manager, or the rest of a wide branch. */
export const CardOnCanvas = memo(function CardOnCanvas({ data }: NodeProps<CardNode>) {
  const { card, focused, dimmed, marked } = data;
  const actions = useChartActions();
  const count = card.kind === 'person' ? card.person.reportCount : card.kind === 'fold' ? card.count : 0;
  const activate = () => {
    if (card.kind === 'more') actions.loadMore(card.manager);
    else if (count > 0) actions.toggle(card.id);
  };
  return (
    <div className={classes.holder}>
      <Handle id="top" type="target" position={Position.Top} isConnectable={false} />
      <Handle id="side" type="target" position={Position.Left} isConnectable={false} />
      <button
        type="button"
        className={classes.card}
        data-card={card.id}
        data-kind={card.kind}
        data-focused={focused || undefined}
        data-dimmed={dimmed || undefined}
        data-marked={marked || undefined}
        data-inactive={(card.kind === 'person' && card.person.status !== 'ACTIVE') || undefined}
        aria-expanded={count > 0 && card.kind !== 'more' ? card.open : undefined}
        onClick={() => (card.kind === 'person' ? actions.focus(card.id) : activate())}
        onDoubleClick={activate}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          activate();
        }}
      >
        {card.kind === 'person' && <PersonCard person={card.person} />}
        {card.kind === 'fold' && (
          <>
            <IconUsers size={20} stroke={1.6} />
            <span className={classes.text}>
              <span className={classes.name}>No manager</span>
              <span className={classes.title}>and no reports</span>
            </span>
          </>
        )}
        {card.kind === 'more' && (
          <>
            <IconDots size={18} /> <span className={classes.name}>Show more</span>
          </>
        )}
      </button>
      {count > 0 && card.kind !== 'more' && <Count id={card.id} count={count} open={card.open} />}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
});
