import { describe, expect, test, vi } from 'vitest';
import { requiredVersion } from '../http/preconditions.ts';
import { refusal } from '../testing/scripted-client.ts';
import { writeIf } from './conditional-write.ts';

describe('If-Match', () => {
  test.each([
    [undefined, undefined],
    ['*', undefined],
    ['W/"3"', 3],
    ['"3"', 3],
    ['W/"3", W/"7"', 7],
    ['"other", W/"7"', 7],
  ])('%s asks for version %s', (header, version) => {
    expect(requiredVersion(header)).toBe(version);
  });

  test.each(['', 'W/"x"', 'W/"99999999999"'])('%s asks for what there never is', (header) => {
    expect(() => requiredVersion(header)).toThrow(expect.objectContaining({ status: 412 }));
  });
});

describe('a write', () => {
  const write = (ifVersion: number | undefined, unlessVersion: string | undefined, versions: number[]) => {
    const written = vi.fn(async (version: number | undefined) => {
      if (version !== undefined && versions.length > 1) {
        versions.shift();
        throw refusal('VERSION_MISMATCH');
      }
      return version;
    });
    const currentVersion = vi.fn(async () => versions[0] ?? 0);
    const done = writeIf({
      condition: { ifVersion, unlessVersion },
      maxAttempts: 3,
      currentVersion,
      write: written,
    });
    return { done, written, currentVersion };
  };

  test('without If-None-Match reads nothing', async () => {
    const { done, currentVersion } = write(5, undefined, [5]);
    expect(await done).toBe(5);
    expect(currentVersion).not.toHaveBeenCalled();
  });

  test('with If-None-Match of another version is made at the version that was read', async () => {
    expect(await write(undefined, 'W/"4"', [5]).done).toBe(5);
  });

  test.each(['*', 'W/"5"', 'W/"4", W/"5"'])('with If-None-Match %s is refused', async (header) => {
    const { done, written } = write(undefined, header, [5]);
    await expect(done).rejects.toMatchObject({ status: 412 });
    expect(written).not.toHaveBeenCalled();
  });

  test('is retried when somebody else was faster', async () => {
    const { done, written } = write(undefined, 'W/"4"', [5, 6]);
    expect(await done).toBe(6);
    expect(written).toHaveBeenCalledTimes(2);
    await expect(write(undefined, 'W/"6"', [5, 6]).done).rejects.toMatchObject({ status: 412 });
  });
});
