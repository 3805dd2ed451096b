import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ROOT } from '../command.ts';

/** What `npm start` reads of the environment; the server and the admin read the rest themselves. */
export interface Settings {
  /** Where the server listens, for those on this machine. */
  serverHost: string;
  serverPort: number;
  adminHost: string;
  adminPort: number;
  /** How a browser reaches the admin. */
  adminUrl: string;
  /** How programs and identity providers reach the server. */
  publicUrl: string;
  /** By which the server knows the admin, and believes it about those whom it passes on. */
  proxySecret: string;
  dataDirectory: string;
  logDirectory: string;
  demo: boolean;
}

/** A variable is wrong; the message names it and says the rule. */
export class SettingsError extends Error {}

/** Reads the environment; an empty variable counts as absent. @throws SettingsError */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const text = (name: string, otherwise: string) => variables[name] || otherwise;
  const port = (name: string, otherwise: number) => {
    const value = Number(text(name, String(otherwise)));
    if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
    throw new SettingsError(
      `${name} must be a port from 1 to 65535, not ${JSON.stringify(variables[name])}.`,
    );
  };
  const demo = text('ROLLCALL_DEMO', 'on');
  if (demo !== 'on' && demo !== 'off') {
    throw new SettingsError(`ROLLCALL_DEMO must be on or off, not ${JSON.stringify(demo)}.`);
  }
  const serverPort = port('SERVER_PORT', 4000);
  const adminPort = port('PORT', 3000);
  if (serverPort === adminPort) {
    throw new SettingsError(
      `SERVER_PORT and PORT are both ${adminPort}: the server and the admin need one each.`,
    );
  }
  const dataDirectory = resolve(ROOT, text('ROLLCALL_DATA_DIR', '.rollcall'));
  const serverHost = text('SERVER_HOST', '127.0.0.1');
  return {
    serverHost: serverHost === '0.0.0.0' || serverHost === '::' ? '127.0.0.1' : serverHost,
    serverPort,
    adminHost: text('ADMIN_HOST', '127.0.0.1'),
    adminPort,
    adminUrl: text('ADMIN_URL', `http://localhost:${adminPort}`),
    publicUrl: text('PUBLIC_URL', `http://localhost:${serverPort}`),
    proxySecret: text('ROLLCALL_PROXY_SECRET', randomUUID()),
    dataDirectory,
    logDirectory: join(dataDirectory, 'logs'),
    demo: demo === 'on',
  };
}
