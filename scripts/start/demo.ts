import { type ProgressEvent, simulate } from '@rollcall/idp-simulator';
import { createDemoAccount, hasAccount } from './demo-account.ts';
import { type Demo, findDemo, keepDemo } from './demo-file.ts';
import { asOperator } from './operator.ts';
import { localServerUrl } from './platform.ts';
import type { Settings } from './settings.ts';

const ACCOUNT = {
  name: 'Northwind',
  adminEmail: 'admin@northwind.example',
  adminName: 'Robin Admin',
};
const ORGANIZATION = { idp: 'entra', users: 180, groups: 12, seed: 7, concurrency: 4 } as const;

/** Finds the demo account of an earlier start, unless the database no longer has it, or makes one. */
export function openDemo(settings: Settings): Promise<Demo> {
  return asOperator(settings, async (operator) => {
    const found = await findDemo(settings.dataDirectory);
    if (found !== undefined && (await hasAccount(operator, found.accountId))) return found;
    const demo = await createDemoAccount(operator, ACCOUNT);
    await keepDemo(settings.dataDirectory, demo);
    return demo;
  });
}

/** Fills the account as Entra ID would, through the SCIM endpoint; what an interrupted start left is completed. */
export async function fillDemo(
  demo: Demo,
  settings: Settings,
  { onProgress, signal }: { onProgress(event: ProgressEvent): void; signal: AbortSignal },
): Promise<void> {
  const url = `${localServerUrl(settings)}/scim/v2/${demo.accountId}`;
  const summary = await simulate({ ...ORGANIZATION, url, token: demo.scimToken, onProgress, signal });
  const failure = summary.stopped ?? (summary.failureCount > 0 && JSON.stringify(summary.failures[0]));
  if (failure) throw new Error(`The demo could not be provisioned: ${failure}`);
  await keepDemo(settings.dataDirectory, { ...demo, filled: true });
}
