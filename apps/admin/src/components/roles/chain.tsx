import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './chain.module.css';

export interface Step {
  caption: string;
  icon: Icon;
  value: ReactNode;
  detail?: ReactNode;
}

/** What leads to what, from where it begins to what it comes to. */
export const Chain = ({ steps }: { steps: readonly Step[] }) => (
  <div className={classes.frame}>
    <ol className={classes.chain}>
      {steps.map(({ caption, icon: Glyph, value, detail }) => (
        <li key={caption} className={classes.step}>
          <span className={classes.caption}>
            <Glyph size={13} stroke={1.7} aria-hidden />
            {caption}
          </span>
          <span className={classes.value}>{value}</span>
          {detail && <span className={classes.detail}>{detail}</span>}
        </li>
      ))}
    </ol>
  </div>
);
