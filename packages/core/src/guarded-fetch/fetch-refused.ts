/** The rule by which something was not fetched. */
export type FetchRule = 'URL' | 'HTTPS' | 'PUBLIC_ADDRESS' | 'NO_REDIRECT' | 'SIZE' | 'TIME' | 'REACHABLE';

/** Something was not fetched; the message names the address, the rule and the way out. */
export class FetchRefused extends Error {
  override readonly name = 'FetchRefused';
  readonly rule: FetchRule;
  constructor(rule: FetchRule, message: string, options?: ErrorOptions) {
    super(message, options);
    this.rule = rule;
  }
}
