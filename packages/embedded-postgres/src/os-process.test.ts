import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { findProcess, waitUntilGone } from './os-process.ts';

describe('findProcess', () => {
  it('knows a process by its start, until it is gone', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const found = findProcess(child.pid ?? 0);
    if (!found) throw new Error('sleep is not running');
    expect(found.command).toContain('sleep 60');
    expect(findProcess(found.pid)).toEqual(found);
    expect(found.startedAt).not.toBe(findProcess(process.pid)?.startedAt);

    expect(await waitUntilGone(found, 50)).toBe(false);
    child.kill();
    expect(await waitUntilGone(found, 5000)).toBe(true);
    expect(findProcess(found.pid)).toBeUndefined();
  });
});
