import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page } from '../../pages/page.ts';
import { CursorScalar } from './scalars.ts';

@ObjectType({ description: 'Where a page stands in its list.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Is there more after this page?' })
  hasNextPage!: boolean;
  @Field(() => Boolean, { description: 'Is there more before this page?' })
  hasPreviousPage!: boolean;
  @Field(() => CursorScalar, { nullable: true, description: 'The cursor of the first element.' })
  startCursor!: string | null;
  @Field(() => CursorScalar, {
    nullable: true,
    description: 'The cursor of the last element: send it as `after`.',
  })
  endCursor!: string | null;
}

/** A page as GraphQL shows it. */
export interface PageObject<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly countAll: () => Promise<number>;
}

/** Declares `<name>Connection` and `<name>Edge` of the Relay specification: a page of a list. */
export function pageType<Node extends object>(
  name: string,
  nodeType: () => ClassType<Node>,
): ClassType<PageObject<Node>> {
  @ObjectType(`${name}Edge`, {
    description: `A ${name} in a list, and its place there.`,
    simpleResolvers: true,
  })
  class Edge {
    @Field(() => CursorScalar, { description: 'The place in the list.' })
    cursor!: string;
    @Field(nodeType, { description: `The ${name}.` })
    node!: Node;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class PageClass implements PageObject<Node> {
    @Field(() => [Edge], { description: 'The elements with their places.', simple: true })
    edges!: Edge[];
    @Field(() => [nodeType()], { description: 'The elements alone.', simple: true })
    nodes!: Node[];
    @Field(() => PageInfo, { description: 'Where this page stands.', simple: true })
    pageInfo!: PageInfo;
    countAll!: () => Promise<number>;
    @Field(() => Int, { description: 'How many there are on all pages; counted only when asked for.' })
    totalCount(): Promise<number> {
      return this.countAll();
    }
  }
  return PageClass;
}

/** A page of rows as a page of nodes. */
export function toPage<Row, Node>(page: Page<Row>, toNode: (row: Row) => Node): PageObject<Node> {
  const nodes = page.rows.map(toNode);
  return {
    edges: nodes.map((node, index) => ({ cursor: page.cursors[index] ?? '', node })),
    nodes,
    pageInfo: {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: page.cursors[0] ?? null,
      endCursor: page.cursors.at(-1) ?? null,
    },
    countAll: page.total,
  };
}
