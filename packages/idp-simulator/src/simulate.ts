import { deltaCycle, fullCycle } from './cycle/plan.ts';
import { isProvisioned, probeGeneration } from './cycle/probe-generation.ts';
import type { ProgressEvent } from './cycle/progress-event.ts';
import { type CycleSummary, runCycle } from './cycle/run-cycle.ts';
import { Session } from './cycle/session.ts';
import { testConnection } from './cycle/test-connection.ts';
import { buildDirectory } from './directory/build-directory.ts';
import type { Directory } from './directory/directory.ts';
import { dialectOf } from './idps/dialects.ts';
import { type Failure, type RequestCounts, RequestLog } from './scim/request-log.ts';
import { ScimClient, ServerUnreachable } from './scim/scim-client.ts';
import { type GivenSettings, type Settings, settingsSchema } from './settings.ts';

/** What to simulate: IdP, URL and token are needed, the rest has defaults. */
export interface SimulateOptions extends GivenSettings {
  readonly onProgress?: (event: ProgressEvent) => void;
  readonly signal?: AbortSignal;
}

/** What a run came to. */
export interface Summary {
  readonly idp: Settings['idp'];
  readonly seed: number;
  /** People and groups that the directory has in the generation reached last. */
  readonly users: number;
  readonly groups: number;
  readonly cycles: readonly CycleSummary[];
  /** Exchanges over the wire, repeated ones included. */
  readonly requests: number;
  readonly statuses: RequestCounts;
  /** Requests other than GET. */
  readonly writes: number;
  readonly retries: number;
  /** All failures; `failures` keeps the first thousand. */
  readonly failureCount: number;
  readonly failures: readonly Failure[];
  /** Why the run ended early, if it did. */
  readonly stopped: string | undefined;
  readonly durationMs: number;
  readonly requestsPerSecond: number;
}

/**
 * Plays an identity provider against a SCIM server: Test Connection, then the cycles.
 * Failed requests are in the summary; throws ZodError on settings out of bounds and the signal's reason on abort.
 */
export async function simulate(options: SimulateOptions): Promise<Summary> {
  const { onProgress = () => {}, signal, ...given } = options;
  const settings = settingsSchema.parse(given);
  const startedAt = performance.now();
  const log = new RequestLog();
  const dialect = dialectOf(settings.idp, settings.passwords);
  const { url, token, concurrency } = settings;
  const client = new ScimClient({
    url,
    token,
    headers: dialect.headers,
    connections: concurrency,
    log,
    signal,
  });
  const directory = buildDirectory(settings);
  const cycles: CycleSummary[] = [];
  try {
    const session = new Session({ dialect, client, log, concurrency, onProgress });
    const stopped = await runAll(session, { settings, directory, cycles });
    return summarize({ settings, directory, cycles, log, stopped, startedAt });
  } finally {
    await client.close();
  }
}

interface Run {
  readonly settings: Settings;
  readonly directory: Directory;
  readonly cycles: CycleSummary[];
}

/** Runs everything and says why it ended early, if it did. */
async function runAll(session: Session, run: Run): Promise<string | undefined> {
  try {
    if (!(await testConnection(session, run.settings.seed))) return 'Test Connection failed';
    return await runCycles(session, run);
  } catch (error) {
    if (error instanceof ServerUnreachable) return error.message;
    throw error;
  }
}

/** A directory that has had its delta is not taken back to the beginning: it is checked against its present state. */
async function runCycles(
  session: Session,
  { settings, directory, cycles }: Run,
): Promise<string | undefined> {
  if (settings.cycles === 'delta') {
    if (!(await isProvisioned(session, directory))) return 'there is no delta before an initial cycle';
    cycles.push(await runCycle(session, directory, deltaCycle(directory)));
    return undefined;
  }
  const generation = settings.cycles === 'both' ? await probeGeneration(session, directory) : 0;
  cycles.push(await runCycle(session, directory, fullCycle(directory, generation)));
  if (settings.cycles === 'both' && generation === 0) {
    cycles.push(await runCycle(session, directory, deltaCycle(directory)));
  }
  return undefined;
}

function summarize(run: Run & { log: RequestLog; stopped: string | undefined; startedAt: number }): Summary {
  const { settings, directory, cycles, log } = run;
  const { people, groups } = directory.generations[cycles.at(-1)?.generation ?? 0];
  const durationMs = performance.now() - run.startedAt;
  return {
    idp: settings.idp,
    seed: settings.seed,
    users: people.length,
    groups: groups.length,
    cycles,
    requests: log.requests,
    statuses: log.counts,
    writes: log.writes,
    retries: log.retries,
    failureCount: log.failureCount,
    failures: log.failures,
    stopped: run.stopped,
    durationMs: Math.round(durationMs),
    requestsPerSecond: Math.round((log.requests * 10_000) / durationMs) / 10,
  };
}
