import { type Order, run } from './orders.ts';
import type { Running } from './running.ts';

/** What the test tells an attacker: what to do, and then to stop. */
export type Command = { readonly orders: readonly Order[] } | 'stop';

/** What an attacker tells the test: that the attack is on, and how often what came of it. */
export type Report = 'on' | { readonly outcomes: Readonly<Record<string, number>> };

const outcomes: Record<string, number> = {};
const note = (outcome: string) => {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
};
const report = (what: Report) => process.send?.(what);

let running: Running[] = [];
process.on('message', (command: Command) => {
  if (command === 'stop') return void stop();
  running = command.orders.map((order) => run(order, note));
  Promise.all(running.map(({ on }) => on)).then(() => report('on'));
});

async function stop(): Promise<void> {
  await Promise.all(running.map((each) => each.stop()));
  process.send?.({ outcomes } satisfies Report, () => process.exit());
}

// A test that ended takes its attackers along.
process.on('disconnect', () => process.exit());
