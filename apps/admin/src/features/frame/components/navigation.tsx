'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { navigation } from '../navigation.ts';
import classes from './admin-frame.module.css';

/** The pages, in groups. */
export function Navigation({ onNavigate }: { onNavigate: () => void }) {
  const pathname = usePathname();
  return (
    <nav aria-label="Pages" className={classes.navigation}>
      {navigation.map(({ group, pages }) => (
        <div key={group}>
          <div className={classes.group}>{group}</div>
          {pages.map(({ path, label, icon: Glyph }) => {
            const active = pathname === path || pathname.startsWith(`${path}/`);
            return (
              <Link
                key={path}
                href={path}
                className={classes.link}
                data-active={active || undefined}
                aria-current={active ? 'page' : undefined}
                onClick={onNavigate}
              >
                <Glyph size={16} stroke={1.7} />
                {label}
              </Link>
            );
          })}
        </div>
      ))}
    </nav>
  );
}
