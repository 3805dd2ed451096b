import type { ResolveTxt } from '../email-domains/txt-records.ts';

/** What the DNS of tests says at a name. */
export const txtRecords = new Map<string, string[]>();

export const resolveTestTxt: ResolveTxt = async (name) => txtRecords.get(name) ?? [];
