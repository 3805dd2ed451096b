import { Secret, TOTP } from 'otpauth';

// What every authenticator app knows; some ignore anything else that the address says (RFC 6238, Key Uri Format).
const FORM = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
/** As many steps before and after the present one, for clocks that differ. */
const WINDOW = 1;
/** As RFC 4226 §4 recommends. */
const SECRET_BYTES = 20;

/** A new secret of 160 random bits, in base32. */
export const newTotpSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What an authenticator app reads from a QR code: `otpauth://totp/…`. */
export function totpUri(
  secret: string,
  { issuer, label }: { readonly issuer: string; readonly label: string },
): string {
  // A colon parts the two in the address.
  return new TOTP({
    ...FORM,
    issuer: issuer.replaceAll(':', ' '),
    label: label.replaceAll(':', ' '),
    secret,
  }).toString();
}

/** The step of 30 seconds that a code belongs to, counted from 1970; undefined when it is not one of this moment. */
export function stepOfCode(secret: string, code: string, at: Date): number | undefined {
  const digits = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const timestamp = at.getTime();
  const delta = TOTP.validate({
    ...FORM,
    token: digits,
    secret: Secret.fromBase32(secret),
    timestamp,
    window: WINDOW,
  });
  return delta === null ? undefined : TOTP.counter({ period: FORM.period, timestamp }) + delta;
}
