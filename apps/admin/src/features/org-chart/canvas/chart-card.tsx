'use client';
import {
  type Icon,
  IconChevronDown,
  IconChevronUp,
  IconDots,
  IconPencil,
  IconPlus,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import { Handle, type NodeProps, Position, type ReactFlowState, useStore } from '@xyflow/react';
import { memo, useRef } from 'react';
import { countedBelow } from '../model/chart-item.ts';
import type { Card } from '../model/chart-layout.ts';
import type { Mark } from '../model/chart-marks.ts';
import { useChartActions } from './chart-actions.tsx';
import classes from './chart-card.module.css';
import { itemColor } from './department-dot.tsx';
import { PersonFace, TeamFace } from './item-faces.tsx';
import type { CardNode } from './to-flow.ts';
import { useHeldFocus } from './use-held-focus.ts';

const markLooks: Record<Mark, { icon: Icon; word: string }> = {
  arrived: { icon: IconPlus, word: 'New' },
  changed: { icon: IconPencil, word: 'Changed' },
  left: { icon: IconUserOff, word: 'Left' },
};

function MarkTag({ mark }: { mark: Mark }) {
  const { icon: Glyph, word } = markLooks[mark];
  return (
    <span className={classes.mark} data-mark={mark}>
      <Glyph size={11} stroke={2.2} />
      {word}
    </span>
  );
}

interface CountProps {
  id: string;
  count: number;
  open: boolean;
  /** What is counted. */
  counted: string;
}

function Count({ id, count, open, counted }: CountProps) {
  const { toggle } = useChartActions();
  const Chevron = open ? IconChevronUp : IconChevronDown;
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

function FarFace({ card }: { card: Card }) {
  if (card.kind !== 'item') return null;
  return (
    <>
      <span className={classes.block} style={{ background: itemColor(card.item) }} />
      <span className={classes.hidden}>{card.item.name}</span>
    </>
  );
}

function Face({ card }: { card: Card }) {
  if (card.kind === 'item') {
    return card.item.kind === 'person' ? <PersonFace person={card.item} /> : <TeamFace team={card.item} />;
  }
  if (card.kind === 'more') {
    return (
      <>
        <IconDots size={18} /> <span className={classes.name}>Show more</span>
      </>
    );
  }
  return (
    <>
      <IconUsers size={20} stroke={1.6} />
      <span className={classes.text}>
        <span className={classes.name}>No manager</span>
        <span className={classes.title}>and no reports</span>
      </span>
    </>
  );
}

/** From afar nobody can read; a card is then a block of colour, so that thousands are drawn in a moment. */
const isFar = ({ transform }: ReactFlowState) => transform[2] < 0.3;

function countOf(card: Card): { count: number; counted: string } {
  if (card.kind === 'fold') return { count: card.count, counted: 'people without manager' };
  if (card.kind === 'more') return { count: 0, counted: '' };
  const { kind, childCount } = card.item;
  return { count: childCount, counted: countedBelow(kind, childCount) };
}

/** A card: a person or a team, the fold of those without manager, or the rest of a wide branch. */
export const CardOnCanvas = memo(function CardOnCanvas({ data }: NodeProps<CardNode>) {
  const { card, focused, dimmed, mark } = data;
  const actions = useChartActions();
  const far = useStore(isFar);
  const button = useRef<HTMLButtonElement>(null);
  useHeldFocus(button, card.id);
  const { count, counted } = countOf(card);
  const opens = count > 0 && card.kind !== 'more';
  const activate = () => {
    if (card.kind === 'more') actions.loadMore(card.parent);
    else if (opens) actions.toggle(card.id);
  };
  const inactive = card.kind === 'item' && card.item.kind === 'person' && !card.item.active;
  return (
    <div className={classes.holder} data-mark={mark}>
      <Handle id="top" type="target" position={Position.Top} isConnectable={false} />
      <Handle id="side" type="target" position={Position.Left} isConnectable={false} />
      <button
        ref={button}
        type="button"
        tabIndex={-1}
        className={classes.card}
        data-card={card.id}
        data-kind={card.kind === 'item' ? card.item.kind : card.kind}
        data-focused={focused || undefined}
        data-dimmed={dimmed || undefined}
        data-inactive={inactive || undefined}
        aria-current={focused || undefined}
        aria-expanded={opens ? card.open : undefined}
        onClick={() => (card.kind === 'item' ? actions.focus(card.id) : activate())}
        onDoubleClick={activate}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          activate();
        }}
      >
        {far ? <FarFace card={card} /> : <Face card={card} />}
      </button>
      {mark && <MarkTag mark={mark} />}
      {opens && !far && <Count id={card.id} count={count} open={card.open} counted={counted} />}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
});
