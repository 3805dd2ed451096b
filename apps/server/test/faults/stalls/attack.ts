import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import type { Command, Report } from './attacker.ts';
import type { Order } from './orders.ts';

/** An attack that is on. */
export interface Attack {
  /** Ends it; gives how often what came of it. */
  stop(): Promise<Readonly<Record<string, number>>>;
  /** Ends it without a word. */
  kill(): void;
}

/** Has a process of its own carry out the orders, and waits until the attack is on. */
export async function startAttack(...orders: Order[]): Promise<Attack> {
  const child = fork(join(import.meta.dirname, 'attacker.ts'), { serialization: 'advanced', execArgv: [] });
  // Attackers have machines of their own; here they take what the server and the victim leave.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`The attacker ended with ${code}.`);
  });
  failed.catch(() => undefined);
  command(child, { orders });
  await Promise.race([once(child, 'message'), failed]);
  return {
    async stop() {
      command(child, 'stop');
      const [report]: Report[] = await Promise.race([once(child, 'message'), failed]);
      if (typeof report !== 'object') throw new Error(`The attacker says ${report}.`);
      return report.outcomes;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

const command = (child: ChildProcess, what: Command): boolean => child.send(what);
