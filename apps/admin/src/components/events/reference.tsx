import Link from 'next/link';
import type { FeedEvent } from '@/lib/live/event-fragment.ts';
import { referencePath } from './event-looks.ts';
import classes from './reference.module.css';

interface ReferenceProps {
  reference: FeedEvent['subject'];
  linked?: boolean;
}

/** Something that an event names, as a link where it has a page. */
export function Reference({ reference, linked = true }: ReferenceProps) {
  const path = linked ? referencePath(reference) : undefined;
  if (!path) return <span className={classes.name}>{reference.label}</span>;
  return (
    <Link href={path} className={classes.name}>
      {reference.label}
    </Link>
  );
}
