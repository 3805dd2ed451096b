import { afterAll, beforeAll, describe } from 'vitest';
import { describeAccess } from './access.ts';
import { describeBulk } from './bulk.ts';
import { describeCharacteristics } from './characteristics.ts';
import { describeCursors } from './cursors.ts';
import { describeDiscovery } from './discovery.ts';
import { describeFilters } from './filters.ts';
import { describeGroups } from './groups.ts';
import { describeMe } from './me.ts';
import { describeMessages } from './messages.ts';
import { describeNestedGroups } from './nested-groups.ts';
import { describePaging } from './paging.ts';
import { describePatchDuties } from './patch-duties.ts';
import { describePatches } from './patches.ts';
import { describeProjection } from './projection.ts';
import { describePublished } from './published.ts';
import type { Scene } from './scene.ts';
import { describeSearching } from './searching.ts';
import type { OpenEndpoint } from './transport.ts';
import { describeUsers } from './users.ts';
import { describeVersions } from './versions.ts';

/** What RFC 7643 and 7644 ask of a server, and what we promise beyond; holds for the adapter on any transport. */
export function scimConformance(transport: string, open: OpenEndpoint): void {
  describe(`SCIM ${transport}`, () => {
    let scene: Scene | undefined;
    const current = (): Scene => {
      if (scene === undefined) throw new Error('The endpoint is not open.');
      return scene;
    };
    beforeAll(async () => {
      const endpoint = await open();
      scene = { endpoint, company: await endpoint.company() };
    });
    afterAll(() => scene?.endpoint.close());

    describeDiscovery(current);
    describeCharacteristics(current);
    describeMessages(current);
    describeUsers(current);
    describeGroups(current);
    describeNestedGroups(current);
    describePatches(current);
    describePatchDuties(current);
    describeVersions(current);
    describeProjection(current);
    describePaging(current);
    describeCursors(current);
    describeSearching(current);
    describeFilters(current);
    describeBulk(current);
    describePublished(current);
    describeMe(current);
    describeAccess(current);
  });
}
