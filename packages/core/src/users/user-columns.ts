import { sql } from 'kysely';
import { type AttributeKind, listAttributes, nameParts, textAttributes } from '../model/user-attributes.ts';

/** The columns of `users` that keep an attribute of RFC 7643 besides userName. */
const attributeColumns = [...nameParts, ...textAttributes, ...listAttributes];

/** Is an attribute of this kind kept as jsonb? */
const isList = (kind: AttributeKind): boolean => kind === 'values' || kind === 'addresses';

/** The columns that are written when a user is created, besides the key. */
export const writtenColumns = [
  'status',
  'user_name',
  ...attributeColumns.map(({ column }) => column),
  'directory_roles_by',
  'manager_id',
  'manager_value',
  'password_digest',
  'custom_attributes',
];

/** Those of them that are kept as jsonb. */
export const jsonColumns: ReadonlySet<string> = new Set([
  ...attributeColumns.flatMap(({ column, kind }) => (isList(kind) ? column : [])),
  'custom_attributes',
]);

/** The type of such a column. */
export const typeOfColumn = (column: string): 'jsonb' | 'uuid' | 'text' => {
  if (jsonColumns.has(column)) return 'jsonb';
  return column === 'directory_roles_by' || column === 'manager_id' ? 'uuid' : 'text';
};

export const columnNames = sql.join(writtenColumns.map((column) => sql.ref(column)));
