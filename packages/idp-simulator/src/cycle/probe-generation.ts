import type { Directory } from '../directory/directory.ts';
import { differences } from '../scim/differences.ts';
import { deltaCycle, type GenerationNumber, type UserTarget, userTarget } from './plan.ts';
import { RequestFailed, type Session } from './session.ts';
import { findCurrent } from './users.ts';

/** The generation that the server shows: 1 when all of three marker people look as after the delta, else 0. */
export async function probeGeneration(session: Session, directory: Directory): Promise<GenerationNumber> {
  const candidates = deltaCycle(directory).users.filter((target) => marks(session, directory, target));
  const middle = Math.floor(candidates.length / 2);
  const chosen = new Set([candidates.at(0), candidates.at(middle), candidates.at(-1)]);
  let done = 0;
  for (const target of chosen) {
    if (target === undefined) continue;
    try {
      if (!(await looksLater(session, directory, target))) return 0;
    } catch (error) {
      if (error instanceof RequestFailed) return 0;
      throw error;
    }
    done += 1;
    session.onProgress({ cycle: undefined, phase: 'probe', done, total: chosen.size });
  }
  return done > 0 ? 1 : 0;
}

/** Whether an initial cycle has been here: the head of the organisation is found. */
export async function isProvisioned(session: Session, directory: Directory): Promise<boolean> {
  const [head] = directory.generations[0].people;
  if (head === undefined) return false;
  try {
    return (await findCurrent(session, userTarget(directory, 0, head))) !== undefined;
  } catch (error) {
    if (error instanceof RequestFailed) return false;
    throw error;
  }
}

/** Whether the delta shows on the person's own attributes; a new manager alone does not. */
function marks(session: Session, directory: Directory, { person }: UserTarget): boolean {
  const before = directory.generations[0].people[person.key];
  const { dialect } = session;
  return before === undefined || differences(dialect.userBody(person), dialect.userBody(before)).length > 0;
}

/** Nearer to the later state than to the earlier: a server that does not keep some attribute confuses nobody. */
async function looksLater(session: Session, directory: Directory, target: UserTarget): Promise<boolean> {
  const current = await findCurrent(session, target);
  if (current === undefined) return false;
  const before = directory.generations[0].people[target.person.key];
  if (before === undefined) return true;
  const { dialect } = session;
  const toLater = differences(dialect.userBody(target.person), current).length;
  return toLater < differences(dialect.userBody(before), current).length;
}
