import {
  CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
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

/**
 * A statement whose text is made once: putting a long one together costs Node more than PostgreSQL takes to run it.
 * `build` sees, instead of values, stand-ins that note where each value goes; so it must not look at them.
 */
export function defineStatement<Values extends object, Row>(
  build: (values: Values) => RawBuilder<Row>,
): (values: Values) => CompiledQuery<Row> {
  return textMadeOnce(build, markFixed);
}

function textMadeOnce<Values extends object, Row>(
  build: (values: Values) => RawBuilder<Row>,
  onText?: (text: string) => void,
): (values: Values) => CompiledQuery<Row> {
  let text: string | undefined;
  let paths: readonly (Path | Constant)[] = [];
  return (values) => {
    if (text === undefined) {
      const compiled = build(standIn([]) as Values).compile(compiler);
      const made = withoutRepetition(compiled);
      text = made.sql;
      onText?.(text);
      paths = made.parameters.map((parameter) => pathOf(parameter) ?? { constant: parameter });
    }
    return CompiledQuery.raw(
      text,
      paths.map((path) => ('constant' in path ? path.constant : valueAt(values, path))),
    );
  };
}

/**
 * The same statement, in which a value that is asked for at several places as the same type is one parameter: an account's id
 * stands at dozens, and each parameter is sent, read and cast by itself.
 */
function withoutRepetition({ sql, parameters }: CompiledQuery): Pick<CompiledQuery, 'sql' | 'parameters'> {
  const kept: unknown[] = [];
  const places = new Map<string, number>();
  const text = sql.replace(/\$(\d+)(::\w+(?:\[\])?)?/g, (_, number: string, type = '') => {
    const parameter = parameters[Number(number) - 1];
    const path = type === '' ? undefined : pathOf(parameter);
    const key = path === undefined ? number : `${path.join('.')}${type}`;
    const place = places.get(key) ?? kept.push(parameter);
    places.set(key, place);
    return `$${place}${type}`;
  });
  return { sql: text, parameters: kept };
}

/** Statements of one family, whose texts differ by `shape`: each text is made once. */
export function defineStatements<Shape extends string, Values extends object, Row>(
  build: (shape: Shape) => (values: Values) => RawBuilder<Row>,
): (shape: Shape, values: Values) => CompiledQuery<Row> {
  const family = new LRUCache<Shape, (values: Values) => CompiledQuery<Row>>({ max: MAX_SHAPES });
  return (shape, values) => {
    let statement = family.get(shape);
    if (statement === undefined) {
      statement = textMadeOnce(build(shape));
      family.set(shape, statement);
    }
    return statement(values);
  };
}

const MAX_SHAPES = 500;

type Path = readonly string[];
interface Constant {
  readonly constant: unknown;
}

const knownPaths = new WeakMap<object, Path>();

const pathOf = (value: unknown): Path | undefined =>
  typeof value === 'object' && value !== null ? knownPaths.get(value) : undefined;

/** Whatever is read from it is a stand-in too, for the value at that path. */
function standIn(path: Path): object {
  const standIns = new Map<string, object>();
  const proxy = new Proxy(
    {},
    {
      get(_, key) {
        if (typeof key === 'symbol') return undefined;
        const known = standIns.get(key) ?? standIn([...path, key]);
        standIns.set(key, known);
        return known;
      },
    },
  );
  knownPaths.set(proxy, path);
  return proxy;
}

function valueAt(values: object, path: Path): unknown {
  let value: unknown = values;
  for (const key of path) value = (value as Readonly<Record<string, unknown>>)[key];
  return value;
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
