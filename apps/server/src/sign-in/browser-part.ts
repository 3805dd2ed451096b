/** What the browser brings along on its way to a provider and back. */
export interface BrowserPart {
  readonly connectionId: string;
  /** What the browser got when it began. */
  readonly browserSecret: string | null;
}

/** Whether the browser comes back from what has this mark: the state says so, or the code for an answer of SAML. */
export function comesBackFrom(mark: 'test' | 'proof', query: string): boolean {
  const parameters = new URLSearchParams(query);
  return (parameters.get('state') ?? parameters.get('code'))?.startsWith(`${mark}.`) === true;
}
