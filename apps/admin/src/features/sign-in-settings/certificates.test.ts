import { expect, test } from 'vitest';
import { certificateIn, certificatesIn, subjectName } from './certificates.ts';

test.each([
  ['CN=Login of Contoso', 'Login of Contoso'],
  ['C=DE\nO=Contoso\nCN=login.contoso.example', 'login.contoso.example'],
  ['O=Contoso', 'Contoso'],
  ['', 'Without a name'],
])('the certificate of %j is called %j', (subject, name) => {
  expect(subjectName(subject)).toBe(name);
});

const pem = (base64: string) => `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----`;

test('a file of PEM is text, and one of DER becomes it', async () => {
  expect(await certificateIn(new Blob([pem('MIIC')]))).toBe(pem('MIIC'));
  expect(await certificateIn(new Blob([new Uint8Array([0x30, 0x82, 0x02])]))).toBe('MIIC');
});

test('a text has one certificate or several', () => {
  expect(certificatesIn(' MIIC \n')).toEqual(['MIIC']);
  expect(certificatesIn(`Bag Attributes\n${pem('MIIC')}\n${pem('MIID')}\n`)).toEqual([
    pem('MIIC'),
    pem('MIID'),
  ]);
});
