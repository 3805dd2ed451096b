import type { FieldNode, FragmentDefinitionNode, GraphQLResolveInfo, SelectionSetNode } from 'graphql';

const known = new WeakMap<FieldNode, ReadonlySet<string>>();

/**
 * The names of all fields selected anywhere below the field being resolved, whatever @include and @skip say:
 * so that a statement reads what is needed in one round trip, and costly parts only when they are asked for.
 */
export function selectedFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const [node] = info.fieldNodes;
  if (node === undefined) return new Set();
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const names = new Set<string>();
  collect(node.selectionSet, info.fragments, names, new Set());
  known.set(node, names);
  return names;
}

function collect(
  set: SelectionSetNode | undefined,
  fragments: Readonly<Record<string, FragmentDefinitionNode | undefined>>,
  names: Set<string>,
  visited: Set<string>,
): void {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === 'Field') {
      names.add(selection.name.value);
      collect(selection.selectionSet, fragments, names, visited);
    } else if (selection.kind === 'InlineFragment') {
      collect(selection.selectionSet, fragments, names, visited);
    } else if (!visited.has(selection.name.value)) {
      visited.add(selection.name.value);
      collect(fragments[selection.name.value]?.selectionSet, fragments, names, visited);
    }
  }
}
