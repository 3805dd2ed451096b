import { randomBytes } from 'node:crypto';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { createSealer, ENCRYPTION_KEY_BYTES, SealBroken } from './sealer.ts';

const newKey = (): Uint8Array => randomBytes(ENCRYPTION_KEY_BYTES);

describe('a sealed secret', () => {
  test('is a compact JWE that names its key, tells nothing, and opens again', async () => {
    const sealer = await createSealer([newKey()]);
    const sealed = await sealer.seal('a link with a secret: ä€😀', 'mail');
    expect(decodeProtectedHeader(sealed)).toEqual({
      alg: 'dir',
      enc: 'A256GCM',
      kid: sealer.keyIds[0],
      typ: 'mail',
    });
    expect(sealed.split('.')[0]).toBe(sealer.headerOf(sealer.keyIds[0] ?? '', 'mail'));
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('link');
    expect(await sealer.open(sealed, 'mail')).toBe('a link with a secret: ä€😀');
    expect(await sealer.seal('a link with a secret: ä€😀', 'mail')).not.toBe(sealed);
  });

  test('opens when the key was replaced, as long as the old one is there', async () => {
    const [older, newer] = [newKey(), newKey()];
    const sealed = await (await createSealer([older])).seal('secret', 'mail');
    const both = await createSealer([newer, older]);
    expect(await both.open(sealed, 'mail')).toBe('secret');
    const anew = await both.seal('secret', 'mail');
    const later = await createSealer([newer]);
    expect(await later.open(anew, 'mail')).toBe('secret');
    await expect(later.open(sealed, 'mail')).rejects.toThrow(/the key \S+, which this server does not have/);
  });

  test('that was touched, is none, or is for something else does not open', async () => {
    const sealer = await createSealer([newKey()]);
    const sealed = await sealer.seal('secret', 'mail');
    const other = { ...sealer, seal: sealer.seal as (text: string, as: string) => Promise<string> };
    for (const wrong of [
      sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA'),
      sealed.replace(/\.[^.]+$/, '.'),
      'eyJhbGciOiJub25lIn0....',
      'hello',
      '',
      await other.seal('secret', 'another purpose'),
    ])
      await expect(sealer.open(wrong, 'mail')).rejects.toThrow(SealBroken);
  });

  test('needs a key', async () => {
    await expect(createSealer([])).rejects.toThrow('needs a key');
  });
});
