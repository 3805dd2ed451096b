import type { Directory } from '../directory/directory.ts';
import { forEach, type OutcomeCounts } from './for-each.ts';
import { syncGroup } from './groups.ts';
import { syncManager } from './managers.ts';
import { syncMembers } from './members.ts';
import { type CyclePlan, type GenerationNumber, userTarget } from './plan.ts';
import type { CycleName } from './progress-event.ts';
import type { Session } from './session.ts';
import { syncUser } from './users.ts';

/** What a cycle came to. */
export interface CycleSummary {
  readonly name: CycleName;
  /** The generation of the directory that was brought about. */
  readonly generation: GenerationNumber;
  readonly users: OutcomeCounts;
  readonly managers: OutcomeCounts;
  readonly groups: OutcomeCounts;
  readonly members: OutcomeCounts;
  /** Requests other than GET. */
  readonly writes: number;
  readonly durationMs: number;
}

/** Users first, then their managers, then groups, then members: the order in which identity providers go. */
export async function runCycle(
  session: Session,
  directory: Directory,
  plan: CyclePlan,
): Promise<CycleSummary> {
  const startedAt = performance.now();
  const writesBefore = session.log.writes;
  const { people } = directory.generations[plan.generation];
  const targetOf = (key: number) => {
    const person = people[key];
    return person && userTarget(directory, plan.generation, person);
  };
  const { name: cycle, generation } = plan;
  const users = await forEach(session, {
    cycle,
    phase: 'users',
    items: plan.users,
    sync: (target) => syncUser(session, target),
  });
  const managers = await forEach(session, {
    cycle,
    phase: 'managers',
    items: plan.users,
    sync: (target) => syncManager(session, target, targetOf),
  });
  const groups = await forEach(session, {
    cycle,
    phase: 'groups',
    items: plan.groups,
    sync: (target) => syncGroup(session, target),
  });
  const members = await forEach(session, {
    cycle,
    phase: 'members',
    items: plan.groups,
    sync: (target) => syncMembers(session, target, targetOf),
  });
  const writes = session.log.writes - writesBefore;
  const durationMs = Math.round(performance.now() - startedAt);
  return { name: cycle, generation, users, managers, groups, members, writes, durationMs };
}
