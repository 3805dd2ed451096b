/** Browsers by what they alone say of themselves; those that say they are others, too, come first. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

const nameAmong = (names: readonly (readonly [RegExp, string])[], userAgent: string): string | undefined =>
  names.find(([pattern]) => pattern.test(userAgent))?.[1];

/** What people call the device that sends this User-Agent (RFC 9110 §10.1.5): `Firefox on Windows`. */
export function deviceName(userAgent: string | null): string {
  if (userAgent === null) return 'Unknown device';
  const [browser, system] = [nameAmong(browsers, userAgent), nameAmong(systems, userAgent)];
  if (browser !== undefined && system !== undefined) return `${browser} on ${system}`;
  const [, product] = /^([\w.-]{1,40})/.exec(userAgent) ?? [];
  return browser ?? system ?? product ?? 'Unknown device';
}
