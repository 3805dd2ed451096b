import type { Card } from '../model/chart-layout.ts';
import type { CardNode, LinkEdge } from './to-flow.ts';

function isSameCard(one: Card, other: Card): boolean {
  if (one.kind === 'item') {
    if (other.kind !== 'item') return false;
    return one.item === other.item && one.open === other.open && one.leaving === other.leaving;
  }
  if (one.kind === 'fold')
    return other.kind === 'fold' && one.count === other.count && one.open === other.open;
  return other.kind === 'more' && one.parent === other.parent;
}

function isSameNode(one: CardNode, other: CardNode): boolean {
  const { card, focused, dimmed, mark } = one.data;
  return (
    one.position.x === other.position.x &&
    one.position.y === other.position.y &&
    focused === other.data.focused &&
    dimmed === other.data.dimmed &&
    mark === other.data.mark &&
    isSameCard(card, other.data.card)
  );
}

/** The nodes, each the object that it was before where nothing about it changed: what is the same is not drawn again. */
export function keptNodes(before: readonly CardNode[], now: readonly CardNode[]): CardNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return now.map((node) => {
    const same = known.get(node.id);
    return same && isSameNode(same, node) ? same : node;
  });
}

/** The lines, each the object that it was before where nothing about it changed. */
export function keptEdges(before: readonly LinkEdge[], now: readonly LinkEdge[]): LinkEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  return now.map((edge) => {
    const same = known.get(edge.id);
    const isSame = same?.data?.entry === edge.data?.entry && same?.data?.lit === edge.data?.lit;
    return same && isSame ? same : edge;
  });
}
