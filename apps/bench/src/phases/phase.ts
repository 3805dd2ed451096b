import type { World } from '../workload/world.ts';

/** What all phases are told of a run. */
export interface Size {
  readonly users: number;
  /** Requests that are under way at once. */
  readonly atATime: number;
  /** Turns in which each phase is played. */
  readonly slices: number;
}

/** One kind of request, played by each contender in turns. */
export interface Phase {
  readonly name: string;
  /** What it is called in tables. */
  readonly title: string;
  /** How many requests a contender makes at most; without it as many as the time allows. */
  readonly atMost?: (size: Size) => number;
  /** Whether all of them are made, whatever time it takes. */
  readonly whole?: boolean;
  /** Makes ready what the requests need, which is not measured. */
  prepare?(world: World, size: Size): Promise<void>;
  /** One step of the workload, mostly one request. @throws WrongAnswer */
  step(world: World, index: number, size: Size): Promise<void>;
  /** Checks what came of all the requests and tidies up, which is not measured. @throws WrongAnswer */
  conclude?(world: World, size: Size): Promise<void>;
}
