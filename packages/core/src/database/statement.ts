import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  sql,
} from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Sql } from './database.ts';
import { markFixed } from './prepared.ts';

/** A statement ready to be sent, or one still to be put into text. */
export type Statement<Row> = RawBuilder<Row> | CompiledQuery<Row>;

/** Sends a statement and answers its rows. */
export async function rowsOf<Row>(statement: Statement<Row>, db: Sql): Promise<Row[]> {
  const result = 'execute' in statement ? await statement.execute(db) : await db.executeQuery(statement);
  return result.rows;
}

/** A value of a statement, or the place where a statement whose text is made once has it. */
export type InSql<Value> = Value | RawBuilder<unknown>;

/** The place of a value in a statement whose text is made once; a value inside of another is named by both their names. */
export type Param<Values extends object> = (...path: PathIn<Values>) => RawBuilder<unknown>;

type PathIn<Values> = {
  [Name in keyof Values & string]-?: [Name, ...PathInside<NonNullable<Values[Name]>>];
}[keyof Values & string];

type PathInside<Value> = Value extends readonly unknown[] | Date
  ? []
  : Value extends object
    ? keyof Value extends never
      ? []
      : PathIn<Value>
    : [];

/** A statement whose text is made once: putting a long one together costs Node more than PostgreSQL takes to run it. */
export const defineStatement = <Values extends object, Row>(
  build: (param: Param<Values>) => RawBuilder<Row>,
): ((values: Values) => CompiledQuery<Row>) => textMadeOnce(build, markFixed);

/** Statements of one family, whose texts differ by `shape`: each text is made once. */
export function defineStatements<Shape extends string | object, Values extends object, Row>(
  build: (shape: Shape, param: Param<Values>) => RawBuilder<Row>,
): (shape: Shape, values: Values) => CompiledQuery<Row> {
  const family = new LRUCache<string, (values: Values) => CompiledQuery<Row>>({ max: MAX_SHAPES });
  return (shape, values) => {
    const key = typeof shape === 'string' ? shape : JSON.stringify(shape);
    let statement = family.get(key);
    if (statement === undefined) {
      statement = textMadeOnce((param) => build(shape, param));
      family.set(key, statement);
    }
    return statement(values);
  };
}

const MAX_SHAPES = 500;

function textMadeOnce<Values extends object, Row>(
  build: (param: Param<Values>) => RawBuilder<Row>,
  onText?: (text: string) => void,
): (values: Values) => CompiledQuery<Row> {
  let made: Pick<CompiledQuery, 'sql' | 'parameters'> | undefined;
  return (values) => {
    if (made === undefined) {
      made = withoutRepetition(build((...path) => sql.val(new Place(path))).compile(compiler));
      onText?.(made.sql);
    }
    const parameters = made.parameters.map((each) => (each instanceof Place ? each.valueIn(values) : each));
    return CompiledQuery.raw(made.sql, parameters);
  };
}

/** Stands among the parameters of a statement for a value that is known only when it is sent. */
class Place {
  readonly #path: readonly string[];
  readonly name: string;

  constructor(path: readonly string[]) {
    this.#path = path;
    this.name = path.join('.');
  }

  valueIn(values: object): unknown {
    let value: unknown = values;
    for (const name of this.#path) value = (value as Readonly<Record<string, unknown>>)[name];
    return value;
  }
}

/**
 * The same statement, in which a value that is asked for at several places as the same type is one parameter: an account's id
 * stands at dozens, and each parameter is sent, read and cast by itself.
 */
function withoutRepetition({
  sql: text,
  parameters,
}: CompiledQuery): Pick<CompiledQuery, 'sql' | 'parameters'> {
  const kept: unknown[] = [];
  const numbers = new Map<string, number>();
  const shorter = text.replace(/\$(\d+)(::\w+(?:\[\])?)?/g, (_, number: string, type = '') => {
    const parameter = parameters[Number(number) - 1];
    const key = type !== '' && parameter instanceof Place ? `${parameter.name}${type}` : number;
    const newNumber = numbers.get(key) ?? kept.push(parameter);
    numbers.set(key, newNumber);
    return `$${newNumber}${type}`;
  });
  return { sql: shorter, parameters: kept };
}

/** Makes text and sends nothing. */
const compiler = new Kysely<unknown>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});
