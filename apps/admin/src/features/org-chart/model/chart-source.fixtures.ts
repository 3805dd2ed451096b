import { person } from './chart.fixtures.ts';
import type { PersonItem } from './chart-item.ts';
import type { ChartSource } from './chart-source.ts';

/** A server for tests: what there is, what was asked, and how it answers. */
export interface FakeServer {
  source: ChartSource;
  /** By moment; now is ''. */
  people: Map<string, PersonItem[]>;
  asked: string[];
  /** Holds up answers of levels that have been read already. */
  held: Promise<void> | undefined;
  /** Fails questions for some. */
  failing: boolean;
}

/** A server that knows ceo → a → c → d, and ceo → b → e. */
export function fakeServer(): FakeServer {
  const everybody = [
    person('ceo', null, 2),
    person('a', 'ceo', 1),
    person('b', 'ceo', 1),
    person('c', 'a', 1),
    person('d', 'c'),
    person('e', 'b'),
  ];
  const server: Omit<FakeServer, 'source'> = {
    people: new Map([['', everybody]]),
    asked: [],
    held: undefined,
    failing: false,
  };
  return Object.assign(server, { source: sourceOf(server) });
}

function sourceOf(server: Omit<FakeServer, 'source'>): ChartSource {
  const at = (moment: string | undefined) => server.people.get(moment ?? '') ?? [];
  const pageOf = (
    items: readonly PersonItem[],
    { first, after }: { first: number; after?: string | undefined },
  ) => {
    const end = Number(after ?? 0) + first;
    const next = items.length > end ? String(end) : undefined;
    return { items: items.slice(Number(after ?? 0), end), after: next, total: items.length };
  };
  const level: ChartSource['level'] = async (parent, request) => {
    server.asked.push(parent ?? 'top');
    const page = pageOf(
      at(request.moment).filter(({ parentId }) => parentId === (parent ?? null)),
      request,
    );
    await server.held;
    return page;
  };
  return {
    level,
    async levels(parents, request) {
      server.asked.push(`below ${parents.length}`);
      return new Map(await Promise.all(parents.map(async (id) => [id, await level(id, request)] as const)));
    },
    async line(id, moment) {
      const line: PersonItem[] = [];
      for (let next: string | null = id; next; next = line.at(-1)?.parentId ?? null) {
        const item = at(moment).find((each) => each.id === next);
        if (!item) break;
        line.push(item);
      }
      return line;
    },
    async some(ids, moment) {
      server.asked.push(`some ${ids.join(' ')}`);
      if (server.failing) throw new Error('The server is gone.');
      return at(moment).filter(({ id }) => ids.includes(id));
    },
    async all(request) {
      server.asked.push(`all ${request.first}`);
      return pageOf(at(request.moment), request);
    },
  };
}
