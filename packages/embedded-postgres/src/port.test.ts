import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choosePort, isFree } from './port.ts';

describe('choosePort', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rollcall-port-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('keeps the port as long as it is free', async () => {
    const portFile = join(directory, 'port');
    const port = await choosePort(portFile);
    expect(port).toBeGreaterThan(1023);
    expect(await choosePort(portFile)).toBe(port);

    const other = createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    expect(await isFree(port)).toBe(false);
    const next = await choosePort(portFile);
    expect(next).not.toBe(port);
    other.close();
    await once(other, 'close');
    expect(await choosePort(portFile)).toBe(next);
  });
});
