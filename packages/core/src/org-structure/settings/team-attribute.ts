import { type RawBuilder, sql } from 'kysely';
import { invalidInput } from '../../errors/domain-error.ts';
import { type AttributeDefinition, pathOf } from '../../model/custom-attribute.ts';
import { textAttributes } from '../../model/user-attributes.ts';

/** What names one person and no group of people. */
const ofOnePerson: ReadonlySet<string> = new Set(['displayName', 'profileUrl']);

/** The attributes of every account that teams can be made from, the likeliest first. */
const ownAttributes = textAttributes.filter(({ field }) => !ofOnePerson.has(field)).toReversed();

/** Their names. */
export const teamAttributeNames: ReadonlySet<string> = new Set(ownAttributes.map(({ field }) => field));

/** An attribute that teams can be made from. */
export interface TeamAttribute {
  /** How the account keeps its choice: the name, or the id of the definition, which stays when that is renamed. */
  readonly key: string;
  /** How clients name it: the name, or the path of a custom one. */
  readonly name: string;
}

const canMakeTeams = ({ type, multi_valued }: AttributeDefinition): boolean =>
  type === 'STRING' && !multi_valued;

/** Every attribute that the account can choose. */
export const teamAttributesOf = (definitions: readonly AttributeDefinition[]): TeamAttribute[] => [
  ...ownAttributes.map(({ field }) => ({ key: field, name: field })),
  ...definitions.filter(canMakeTeams).map((definition) => ({ key: definition.id, name: pathOf(definition) })),
];

/** The attribute of this name, whatever its case. Throws INVALID_INPUT where it makes no teams. */
export function teamAttributeNamed(name: string, definitions: readonly AttributeDefinition[]): TeamAttribute {
  const all = teamAttributesOf(definitions);
  const found = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const shown = all.map((each) => each.name).join(', ');
  throw invalidInput(
    'teamAttribute',
    `"${name}" is no attribute that teams can be made from. Choose one of: ${shown}.`,
  );
}

/** The value that the user `u` has of the attribute, as text or NULL. */
export function teamAttributeSql(key: string): RawBuilder<string | null> {
  const own = textAttributes.find(({ field }) => field === key);
  return own === undefined ? sql`(u.custom_attributes ->> ${key}::text)` : sql`${sql.ref(`u.${own.column}`)}`;
}
