import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ROOT } from '../command.ts';

const END_WITH_PARENT = fileURLToPath(new URL('end-with-parent.ts', import.meta.url));

/** Longer than the server takes at most to end what it began. */
const STOP_WITHIN_MS = 20_000;
const SHOWN_LINES = 12;

/** What to run with this Node, and where its output goes. */
export interface ProgramOptions {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  readonly directory?: string;
  readonly variables?: Record<string, string>;
  readonly logDirectory: string;
  /** Whether its output follows that of the run before, which tells why there is another. */
  readonly continuesLog?: boolean;
  /** Whether children of its own end with it; one that ends them itself is left to do so in its order. */
  readonly stopsChildren?: boolean;
}

/** A running child. It has a process group of its own, so that Ctrl-C reaches it only through {@link stop}. */
export interface Program {
  readonly name: string;
  /** Settles when it has ended, with how. */
  readonly ended: Promise<{ readonly code: number | null; readonly how: string }>;
  /** Asks it to end, insists after 20 seconds, and waits for it. */
  stop(): Promise<void>;
  /** What it said last, for a person. */
  lastLines(): Promise<string>;
}

/** A child ended that should not have; the message holds its last lines. */
export class ProgramEnded extends Error {}

/** Starts a program; its output goes to `<name>.log` in the log directory. */
export function startProgram(options: ProgramOptions): Program {
  const { name, script, args = [], directory = ROOT, variables = {}, stopsChildren } = options;
  const logFile = join(options.logDirectory, `${name}.log`);
  const log = openLog(logFile, options);
  const PATH = [join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(process.execPath, ['--import', END_WITH_PARENT, script, ...args], {
    cwd: directory,
    env: { ...process.env, ...variables, PATH },
    stdio: ['pipe', log, log],
    detached: true,
  });
  // The child has its own.
  closeSync(log);
  const signal = (name: NodeJS.Signals) => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(stopsChildren ? child.pid : -child.pid, name);
  };
  const ended = once(child, 'exit').then(([code, killedBy]) => ({
    code: typeof code === 'number' ? code : null,
    how: killedBy ? `killed by ${killedBy}` : `exit code ${code}`,
  }));
  return {
    name,
    ended,
    async stop() {
      signal('SIGTERM');
      const insist = setTimeout(() => signal('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(insist);
    },
    async lastLines() {
      const lines = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-SHOWN_LINES);
      return [`The last lines of ${logFile}:`, ...lines.map((line) => `  ${readable(line)}`)].join('\n');
    },
  };
}

/** Opens the log to be written to; that of an earlier start is kept beside it. */
function openLog(logFile: string, { logDirectory, continuesLog }: ProgramOptions): number {
  mkdirSync(logDirectory, { recursive: true });
  // Who still writes to the old one goes on there.
  if (!continuesLog && existsSync(logFile)) renameSync(logFile, `${logFile}.previous`);
  return openSync(logFile, 'a', 0o600);
}

/** The server logs JSON for machines; a person needs its message and its error. */
function readable(line: string): string {
  try {
    const { msg, err }: { msg?: string; err?: { message?: string } } = JSON.parse(line);
    return [msg, err?.message].filter(Boolean).join(': ') || line;
  } catch {
    return line;
  }
}

/** Waits until the URL answers with success. @throws ProgramEnded when the program ends before. */
export async function untilReady(program: Program, url: string): Promise<void> {
  const unexpected = failWhenEnded(program);
  for (;;) {
    const ready = fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (await Promise.race([ready, unexpected])) return;
    await Promise.race([delay(100), unexpected]);
  }
}

/** Never resolves. @throws ProgramEnded when the program ends. */
export async function failWhenEnded(program: Program): Promise<never> {
  const { how } = await program.ended;
  throw new ProgramEnded(`The ${program.name} ended unexpectedly (${how}). ${await program.lastLines()}`);
}
