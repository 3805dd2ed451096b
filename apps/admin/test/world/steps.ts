import type { Locator, Page } from '@rollcall/testkit/browser';

/** Chooses what is to be done about somebody or something, and answers the dialog that it opens. */
export async function act(page: Page, name: string, item: string): Promise<Locator> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
  return page.getByRole('dialog');
}

/** Runs a GraphQL operation as whoever is signed in on a page. */
export function ask(page: Page, query: string, input?: object) {
  return page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch('/graphql', { method: 'POST', headers, body });
      return (await response.json()).data;
    },
    JSON.stringify({ query, variables: { input } }),
  );
}

/** The id of whoever is signed in on a page, and of the role admin. */
export async function ownIds(page: Page): Promise<{ ownId: string; adminRoleId: string }> {
  const { viewer, roles } = await ask(page, '{ viewer { user { id } } roles { nodes { id name } } }');
  const admin = roles.nodes.find(({ name }: { name: string }) => name === 'admin');
  return { ownId: viewer.user.id, adminRoleId: admin.id };
}
