/**
 * Checks that a name means one thing in a workspace: no two of its files export something of the same name. Passing on
 * what another file exports is no second thing, and what only tests need (`testing/`, `test/`) is left out.
 */
import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

const WORKSPACES = ['scripts', ...globSync('{apps,packages}/*')].sort();
const NO_SOURCE = /\.test\.tsx?$|\.d\.ts$|(^|\/)(test|testing|node_modules|dist|\.next)(\/|$)/;

/** What Next.js wants each page, layout and route to export by this name. */
const NAMES_OF_NEXT = new Set(['metadata', 'generateMetadata', 'viewport', 'GET', 'POST']);
const FILE_OF_NEXT = /(^|\/)app\/(.+\/)?(page|layout|route)\.tsx?$/;

process.exitCode = main();

function main(): number {
  const offences = WORKSPACES.flatMap(exportedTwice);
  process.stdout.write(offences.map((offence) => `${offence}\n`).join(''));
  return offences.length === 0 ? 0 : 1;
}

function exportedTwice(workspace: string): string[] {
  const filesOf = new Map<string, string[]>();
  const sources = globSync(`${workspace}/**/*.{ts,tsx}`, { exclude: (path) => NO_SOURCE.test(path) });
  for (const file of sources.sort()) {
    for (const name of namesOf(file)) {
      if (FILE_OF_NEXT.test(file) && NAMES_OF_NEXT.has(name)) continue;
      filesOf.set(name, [...(filesOf.get(name) ?? []), file]);
    }
  }
  return [...filesOf]
    .filter(([, files]) => files.length > 1)
    .map(
      ([name, files]) =>
        `${name} is exported by ${files.join(' and ')}: call each what it is, or import the one from the other.`,
    );
}

/** What a file exports of its own, by its name; a type and a value that share one are one. */
function namesOf(file: string): Set<string> {
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  const imported = new Set(statements.filter(ts.isImportDeclaration).flatMap(namesImported));
  return new Set(statements.flatMap((statement) => namesExported(statement, imported)));
}

function namesExported(statement: ts.Statement, imported: ReadonlySet<string>): string[] {
  if (ts.isExportDeclaration(statement)) return namesListed(statement, imported);
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
  const kinds = modifiers.map(({ kind }) => kind);
  if (!kinds.includes(ts.SyntaxKind.ExportKeyword) || kinds.includes(ts.SyntaxKind.DefaultKeyword)) return [];
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) => namesBound(name));
  return 'name' in statement ? [(statement.name as ts.Identifier).text] : [];
}

/** The names in an `export { … }` that are new: of what is declared in the file, or changed on the way through it. */
function namesListed(
  { exportClause, moduleSpecifier }: ts.ExportDeclaration,
  imported: ReadonlySet<string>,
): string[] {
  if (exportClause === undefined) return [];
  if (ts.isNamespaceExport(exportClause)) return [exportClause.name.text];
  return exportClause.elements
    .filter(({ name, propertyName = name }) => {
      const isPassedOn = moduleSpecifier !== undefined || imported.has(propertyName.text);
      return !isPassedOn || propertyName.text !== name.text;
    })
    .map(({ name }) => name.text);
}

function namesBound(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? namesBound(element.name) : []));
}

function namesImported({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  if (bindings === undefined) return importClause?.name === undefined ? [] : [importClause.name.text];
  return ts.isNamespaceImport(bindings)
    ? [bindings.name.text]
    : bindings.elements.map(({ name }) => name.text);
}
