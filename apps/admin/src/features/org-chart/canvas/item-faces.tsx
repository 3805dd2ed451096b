import { IconRefreshAlert, IconUsers } from '@tabler/icons-react';
import { PersonAvatar } from '@/components/people/person-avatar.tsx';
import { membersOf, type PersonItem, type TeamItem } from '../model/chart-item.ts';
import classes from './chart-card.module.css';
import { DepartmentDot, hueName } from './department-dot.tsx';

/** What a person's card shows. */
export function PersonFace({ person }: { person: PersonItem }) {
  const { id, name, photo, title, department, userName, active, onCycle } = person;
  return (
    <>
      <PersonAvatar id={id} name={name} photo={photo} size={34} />
      <span className={classes.text}>
        <span className={classes.name}>{name}</span>
        <span className={classes.title}>
          <DepartmentDot item={person} />
          {!active && 'Inactive · '}
          {title ?? department ?? userName}
        </span>
      </span>
      {onCycle && (
        <IconRefreshAlert
          size={16}
          className={classes.warning}
          aria-label="The managers form a cycle"
          role="img"
        />
      )}
    </>
  );
}

/** A team's sign: a square, so that it is never taken for a person. */
export function TeamSign({ team, size = 34 }: { team: TeamItem; size?: number }) {
  const hue = hueName(team) ?? 'gray';
  return (
    <span
      className={classes.sign}
      style={{
        width: size,
        height: size,
        background: `var(--mantine-color-${hue}-light)`,
        color: `var(--mantine-color-${hue}-light-color)`,
      }}
      aria-hidden
    >
      <IconUsers size={size / 2} stroke={1.8} />
    </span>
  );
}

/** What a team's card shows. */
export function TeamFace({ team }: { team: TeamItem }) {
  const { name, lead } = team;
  return (
    <>
      <span className={classes.led}>
        <TeamSign team={team} />
        {lead && (
          <span className={classes.lead}>
            <PersonAvatar id={lead.id} name={lead.name} photo={lead.photo} size={18} />
          </span>
        )}
      </span>
      <span className={classes.text}>
        <span className={classes.teamName}>{name}</span>
        <span className={classes.title}>
          {membersOf(team)}
          {lead && !name.endsWith(lead.name) && ` · ${lead.name}`}
        </span>
      </span>
    </>
  );
}
