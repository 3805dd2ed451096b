import { csvLine } from '@/lib/files/csv.ts';
import { download } from '@/lib/files/download.ts';
import type { ErasedGrant } from './api/role-source.ts';

export type ExportFormat = 'csv' | 'json';

const columns = [
  'userId',
  'userName',
  'displayName',
  'role',
  'source',
  'grantedAt',
  'grantedBy',
  'requestId',
  'signInConnection',
  'group',
  'rolesAfterwards',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

const rowOf = ({ user, role, signIn, ...grant }: ErasedGrant): Row => ({
  userId: user.id,
  userName: user.userName,
  displayName: user.displayName ?? '',
  role: role.name,
  source: grant.source,
  grantedAt: grant.grantedAt,
  grantedBy: grant.grantedBy.name,
  requestId: grant.requestId,
  signInConnection: signIn?.signInConnectionName ?? '',
  group: signIn?.group ?? '',
  rolesAfterwards: grant.rolesAfterwards.map(({ name }) => name).join('; '),
});

/** How a file begins. The mark in front has spreadsheets read it as UTF-8. */
export const exportHead = (format: ExportFormat): string =>
  format === 'csv' ? `\ufeff${csvLine(columns)}` : '[';

/** The lines of some grants; `isFirst` where none came before. */
export function exportRows(format: ExportFormat, grants: readonly ErasedGrant[], isFirst: boolean): string {
  const rows = grants.map(rowOf);
  if (format === 'csv') return rows.map((row) => csvLine(columns.map((column) => row[column]))).join('');
  return rows.map((row, n) => `${isFirst && n === 0 ? '' : ','}\n${JSON.stringify(row)}`).join('');
}

export const exportTail = (format: ExportFormat): string => (format === 'csv' ? '' : '\n]\n');

/** Has the browser save the parts as one file. */
export function saveFile(format: ExportFormat, parts: readonly string[]): void {
  const type = format === 'csv' ? 'text/csv;charset=utf-8' : 'application/json';
  const day = new Date().toISOString().slice(0, 10);
  download(new Blob([...parts], { type }), `erased-roles-${day}.${format}`);
}
