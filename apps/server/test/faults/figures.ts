import type { TestContext } from 'vitest';

/** What was measured, by the name of the measure and with its unit. */
export type Figures = Readonly<Record<string, string | number>>;

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figures;
  }
}

/** The one of a fault's two forms that is run: the short one with every change, the long one by `npm run test:faults`. */
export const inForm = <Form>(short: Form, long: Form): Form => (process.env.FAULTS === 'long' ? long : short);

/** Tells what came of a fault: at once, and for the table at the end. */
export function tell({ task }: TestContext, figures: Figures): void {
  task.meta.figures = figures;
  process.stdout.write(`${describeFigures(figures)}\n`);
}

/** The figures in a line. */
export const describeFigures = (figures: Figures): string =>
  Object.entries(figures)
    .map(([measure, value]) => `${measure}: ${value}`)
    .join('; ');
