/** Whose certificate it is, in a few words: its common name, or else the first that it says. */
export function subjectName(subject: string): string {
  const parts = subject.split('\n');
  const named = parts.find((part) => part.startsWith('CN=')) ?? parts[0] ?? '';
  return named.replace(/^[^=]*=/, '') || 'Without a name';
}

const DER_SEQUENCE = 0x30;

/** What a file of a certificate says, as text: PEM is that already, and the bytes of DER are made base64. */
export async function certificateIn(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] !== DER_SEQUENCE) return new TextDecoder().decode(bytes);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** The certificates in a text: several as PEM, or one with or without the lines around it. */
export const certificatesIn = (text: string): string[] =>
  text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [text.trim()];
