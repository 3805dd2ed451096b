import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type KeycloakAdmin, openKeycloakAdmin } from './keycloak-admin.ts';

/** Somebody whom Keycloak knows, with the password that {@link PASSWORD} says. */
export interface RealmPerson {
  readonly name: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly groups?: readonly string[];
}

/** A realm of its own in the running Keycloak. */
export interface Realm {
  readonly issuer: string;
  readonly admin: KeycloakAdmin;
  /** Below which of its addresses the realm is. */
  readonly path: string;
  /** Gives the id, which is the subject of their tokens. */
  addPerson(person: RealmPerson): Promise<string>;
  addClient(client: object): Promise<string>;
  /** Publishes new keys beside those that it uses; what this gives has the realm use them, and forget those of before. */
  addKeys(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export const PASSWORD = 'a password at Keycloak';
const GROUPS = ['staff', 'admins'];

const component = z.looseObject({
  id: z.string(),
  providerId: z.string(),
  config: z.record(z.string(), z.array(z.string())),
});

/** What signs and decrypts. */
const KEY_PROVIDERS = ['rsa-generated', 'rsa-enc-generated'];

export async function openRealm(): Promise<Realm> {
  const admin = openKeycloakAdmin();
  const realm = `realm-${randomUUID()}`;
  const path = `/${realm}`;
  await admin.post('', {
    realm,
    enabled: true,
    sslRequired: 'NONE',
    // Passwords are Keycloak's business: the quickest way will do.
    passwordPolicy: 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)',
    groups: GROUPS.map((name) => ({ name })),
  });
  const components = `${path}/components`;
  const keys = async () => {
    const all = await admin.get(`${components}?type=org.keycloak.keys.KeyProvider`, z.array(component));
    return all.filter(
      ({ providerId, config }) => KEY_PROVIDERS.includes(providerId) && config.enabled?.[0] !== 'false',
    );
  };

  return {
    admin,
    path,
    issuer: `${admin.origin}/realms/${realm}`,
    async addPerson({ name, email = `${name}@example.com`, emailVerified = true, groups = [] }) {
      return admin.post(`${path}/users`, {
        username: name,
        firstName: name,
        lastName: 'Of Keycloak',
        email,
        emailVerified,
        enabled: true,
        groups,
        credentials: [{ type: 'password', value: PASSWORD, temporary: false }],
      });
    },
    addClient: (client) => admin.post(`${path}/clients`, client),
    async addKeys() {
      const before = await keys();
      const lower = (priority: string) => String(Number(priority) - 1);
      for (const { id: _, config, ...key } of before) {
        const { priority: [priority = '0'] = [], ...more } = config;
        const next = { ...key, name: randomUUID(), config: { ...more, priority: [lower(priority)] } };
        await admin.post(components, next);
      }
      return async () => {
        for (const key of before)
          await admin.put(`${components}/${key.id}`, {
            ...key,
            config: { ...key.config, active: ['false'], enabled: ['false'] },
          });
      };
    },
    close: () => admin.delete(path),
  };
}
