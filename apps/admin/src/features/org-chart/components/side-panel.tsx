import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './side-panel.module.css';

interface SidePanelProps {
  /** What the panel is about, read out by screen readers. */
  label: string;
  head: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A panel beside the canvas; on a narrow screen a sheet over its lower half. */
export function SidePanel({ label, head, onClose, children }: SidePanelProps) {
  return (
    <aside className={classes.side} aria-label={label}>
      <div className={classes.sideHead}>
        <div className={classes.sideTitle}>{head}</div>
        <CloseButton aria-label="Close the panel" onClick={onClose} />
      </div>
      <div className={classes.sideBody}>{children}</div>
    </aside>
  );
}
