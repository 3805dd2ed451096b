/** A message of a provider was not taken; the text says which rule it breaks. */
export class SamlRefused extends Error {
  override readonly name: string = 'SamlRefused';
}

/** The provider did not sign somebody in, and says why. */
export class ProviderSaidNo extends SamlRefused {
  override readonly name = 'ProviderSaidNo';
}

/** What is encrypted was not opened; another key of ours may open it. */
export class NotDecrypted extends SamlRefused {
  override readonly name = 'NotDecrypted';
}
