import { sql } from 'kysely';
import type { PermissionId } from '../authorization/permissions.ts';
import { definitionNamed } from '../custom-attributes/assignments.ts';
import type { AttributeDefinitions } from '../custom-attributes/definitions.ts';
import { invalidInput } from '../errors/domain-error.ts';
import type { Condition } from '../filters/scalar-filters.ts';
import { listAttributes, nameParts, textAttributes } from '../model/user-attributes.ts';
import type { ListOrder, OrderKey } from '../pages/list-order.ts';
import { counted } from '../text/counted-text.ts';
import { customAttributeKey } from './custom-attribute-order.ts';
import { elementParts, exactValues } from './list-filter.ts';
import { externalIdOf, fromTeamsOf, listSeenBy, managerDisplayName } from './user-record.ts';

/** How a list of people is ordered; the field is one of `userOrderFields`, or CUSTOM_ATTRIBUTE. */
export interface UserOrder {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
  readonly customAttribute?: { readonly schema?: string | null; readonly name: string } | null;
}

/** The order by the custom attribute that `customAttribute` names. */
export const CUSTOM_ATTRIBUTE = 'CUSTOM_ATTRIBUTE';

/** One thing that people can be ordered by, seen from a connection. */
interface UserOrderKey {
  readonly description: string;
  /** Whoever sees an order learns what it goes by. */
  readonly requires: PermissionId;
  key(connectionId: string | null): OrderKey;
}

const fixed = (description: string, key: OrderKey): UserOrderKey => ({
  description,
  requires: 'users:read',
  key: () => key,
});

const optionalText = (description: string, text: Condition, exact = false): UserOrderKey =>
  fixed(description, { expression: counted(text, { exact }), type: 'text', nullable: true });

/** As in DISPLAY_NAME for the column display_name. */
const named = (...words: string[]): string =>
  words.map((word) => word.replace(/[A-Z]/g, '_$&').toUpperCase()).join('_');

const singleValues = [
  ...nameParts.map((part) => ({ ...part, path: `name.${part.field}` })),
  ...textAttributes.map((attribute) => ({ ...attribute, path: attribute.field })),
];

const related = (
  requires: PermissionId,
  description: string,
  text: (connectionId: string | null) => Condition,
): UserOrderKey => ({
  description,
  requires,
  key: (connectionId) => ({ expression: text(connectionId), type: 'text', nullable: true }),
});

/** The field of a part of a multi-valued attribute, as in EMAILS_VALUE. */
function elementField(column: string, field: string, part: string): [string, UserOrderKey] {
  const exact = part === 'value' && exactValues.has(column);
  const text = (connectionId: string | null) => sql`(SELECT e.element ->> ${sql.lit(part)}
    FROM jsonb_array_elements(${listSeenBy('u', column, connectionId)}) WITH ORDINALITY AS e (element, place)
    ORDER BY (e.element -> 'primary' = 'true') IS TRUE DESC, e.place LIMIT 1)`;
  const description = `By \`${part}\` of the primary one of \`${field}\`, or of the first.`;
  return [
    named(column, part),
    related('users:read', description, (connectionId) => counted(text(connectionId), { exact })),
  ];
}

const elementFields = listAttributes.flatMap(({ field, column, kind }) =>
  elementParts[kind].map((part) => elementField(column, field, part)),
);

/** A property of the first team, as \`teams\` of a person lists them. */
const ofFirstTeam = (connectionId: string | null, property: Condition): Condition =>
  sql`(SELECT ${property} ${fromTeamsOf('u', connectionId)} ORDER BY t.id LIMIT 1)`;

/** Everything that people can be ordered by, by its name in `UserOrderField`; the attributes come from their tables. */
export const userOrderFields: Readonly<Record<string, UserOrderKey>> = {
  ID: fixed('By id, which is the order of arrival.', { type: 'text' }),
  USER_NAME: fixed('By userName, in the order of the alphabet.', {
    expression: counted(sql`u.user_name`, { exact: false }),
    type: 'text',
  }),
  LABEL: fixed('By display name, or userName where there is none.', {
    expression: counted(sql`coalesce(u.display_name, u.user_name)`, { exact: false }),
    type: 'text',
  }),
  EXTERNAL_ID: related(
    'users:read',
    "By what the viewer's connection calls them; case counts.",
    (connectionId) => counted(externalIdOf('u', connectionId), { exact: true }),
  ),
  ACTIVE: fixed('By whether the status is ACTIVE: those who are come last.', {
    expression: sql`(u.status = 'ACTIVE')::text`,
    type: 'text',
  }),
  ...Object.fromEntries(
    singleValues.map(({ path, column, kind }) => [
      named(column),
      optionalText(`By \`${path}\`.`, sql.ref(`u.${column}`), kind === 'exact'),
    ]),
  ),
  ...Object.fromEntries(elementFields),
  MANAGER_ID: optionalText('By the id of who they report to.', sql`u.manager_id::text`, true),
  MANAGER_REFERENCE: optionalText(
    'By the manager as `managerReference` shows them; case counts.',
    sql`coalesce(u.manager_id::text, u.manager_value)`,
    true,
  ),
  MANAGER_DISPLAY_NAME: optionalText('By the display name of who they report to.', managerDisplayName('u')),
  TEAM_ID: related('teams:read', 'By the id of their first team.', (connectionId) =>
    ofFirstTeam(connectionId, sql`t.id::text`),
  ),
  TEAM_DISPLAY_NAME: related('teams:read', 'By the name of their first team.', (connectionId) =>
    ofFirstTeam(connectionId, counted(sql`t.display_name`, { exact: false })),
  ),
  IN_TEAM: related('teams:read', 'By whether they are in a team: those who are come first.', (connectionId) =>
    ofFirstTeam(connectionId, sql`'direct'`),
  ),
  VERSION: fixed('By how often they changed.', { expression: sql`u.version`, type: 'int' }),
  CREATED_AT: fixed('By when they were first provisioned.', {
    expression: sql`u.created_at`,
    type: 'timestamptz',
  }),
  UPDATED_AT: fixed('By when they last changed.', { expression: sql`u.updated_at`, type: 'timestamptz' }),
};

/** The order as a list is read in it. Throws INVALID_INPUT where `customAttribute` names none. */
export function userListOrder(
  { field, direction, customAttribute }: UserOrder,
  connectionId: string | null,
  definitions: AttributeDefinitions,
): ListOrder {
  const descending = direction === 'DESC';
  if (field === CUSTOM_ATTRIBUTE) {
    if (customAttribute == null) throw invalidInput('customAttribute', 'is missing. Name the attribute.');
    const definition = definitionNamed(definitions, customAttribute, 'customAttribute');
    return { name: definition.id, descending, ...customAttributeKey(definition) };
  }
  const order = userOrderFields[field];
  if (order === undefined) throw new Error(`the schema lets through the unknown order ${field}`);
  return { name: field, descending, ...order.key(connectionId) };
}
