import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

/** What the server gives for a passkey; the browser looks at each field. */
interface Options {
  readonly challenge: string;
}

/** Why there is no passkey, in words for people. */
interface Problem {
  readonly problem: string;
}

/** Can this browser use passkeys? Not at an address without TLS. */
export const usesPasskeys = (): boolean => browserSupportsWebAuthn();

/** Has the browser make a passkey. */
export async function createPasskey(options: Options): Promise<{ response: unknown } | Problem> {
  try {
    return {
      response: await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON }),
    };
  } catch (error) {
    return problemOf(error);
  }
}

/** Has the browser show a passkey. */
export async function showPasskey(options: Options): Promise<{ passkey: unknown } | Problem> {
  try {
    return {
      passkey: await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON }),
    };
  } catch (error) {
    return problemOf(error);
  }
}

function problemOf(error: unknown): Problem {
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED')
    return { problem: 'This device or security key has a passkey of yours already.' };
  // The browser says no more than that: neither what was wrong, nor what it has.
  if (error instanceof Error && ['NotAllowedError', 'AbortError'].includes(error.name))
    return {
      problem: 'The browser gave no passkey: it was cancelled, took too long, or there is none here.',
    };
  return { problem: 'This browser can’t use passkeys here. Use another way.' };
}

/** What to call a passkey that is made in this browser. */
export function passkeyName(userAgent: string): string {
  const [, device] = /(iPhone|iPad|Android|Windows|Macintosh|CrOS|Linux)/.exec(userAgent) ?? [];
  return device === undefined ? 'Passkey' : `Passkey on ${device === 'Macintosh' ? 'Mac' : device}`;
}
