import { expect, test } from 'vitest';
import { makeKeyPair } from './key-pair.ts';
import { verifyPostedLogout } from './verify-logout.ts';
import { verifyResponse } from './verify-response.ts';

const [C14N, DSIG] = ['http://www.w3.org/2001/10/xml-exc-c14n#', 'http://www.w3.org/2000/09/xmldsig#'];
const SPACES =
  'xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0"';
const MANY = '<b/>'.repeat(9900);

const signatureOf = (id: string) => `<ds:Signature xmlns:ds="${DSIG}"><ds:SignedInfo>
  <ds:CanonicalizationMethod Algorithm="${C14N}"/>
  <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
  <ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${DSIG}enveloped-signature"/>
    <ds:Transform Algorithm="${C14N}"/></ds:Transforms>
    <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue>
  </ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue></ds:Signature>`;

const response = `<samlp:Response ${SPACES} ID="r" Destination="https://us.example/acs"><samlp:Status>
  <samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion Version="2.0" ID="a">${signatureOf('a')}${MANY}</saml:Assertion></samlp:Response>`;
const logout = `<samlp:LogoutRequest ${SPACES} ID="r">${signatureOf('r')}${MANY}</samlp:LogoutRequest>`;

test('a long message that nobody signed is refused before the whole of it is compared', async () => {
  const pairs = await Promise.all(Array.from({ length: 10 }, makeKeyPair));
  const certificates = pairs.map(({ certificate }) => certificate);
  const privateKey = pairs[0]?.privateKey ?? '';
  const rules = { issuer: 'idp', certificates, now: Date.now() };
  const base64 = (xml: string) => Buffer.from(xml).toString('base64');
  const before = process.cpuUsage();
  await expect(
    verifyResponse(base64(response), {
      ...rules,
      entityId: 'us',
      acsUrl: 'https://us.example/acs',
      wantAssertionsSigned: true,
      wantResponseSigned: false,
      privateKeys: [privateKey],
    }),
  ).rejects.toThrow('not signed with a certificate');
  expect(() => verifyPostedLogout(base64(logout), { ...rules, logoutUrl: 'https://us.example' })).toThrow(
    'not signed with a certificate',
  );
  // Comparing it with all certificates takes ten seconds.
  expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
});
