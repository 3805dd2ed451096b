import type { PermissionId } from '../authorization/permissions.ts';
import { notFound } from '../errors/domain-error.ts';
import type { RoleSourceName } from '../model/account.entity.ts';
import type { Connection } from '../model/connection.entity.ts';
import type { CustomAttribute } from '../model/custom-attribute.entity.ts';
import type { Role } from '../model/role.entity.ts';
import type { SignInConnection } from '../model/sign-in-connection.entity.ts';
import type { Token } from '../model/token.entity.ts';
import type { User } from '../model/user.entity.ts';
import type { HeldGrant } from './concerned.ts';
import type { Rows } from './lock-rows.ts';

interface HeldRows {
  readonly people: Rows<User>;
  readonly grants: readonly HeldGrant[];
  readonly roles: Rows<Role>;
  readonly tokens: Rows<Token>;
  readonly connections: Rows<Connection>;
  readonly signInConnections: Rows<SignInConnection>;
}

interface Found {
  /** All definitions of the account, where they are held. */
  readonly definitions: readonly CustomAttribute[];
  /** Where roles come from, where that is held. */
  readonly roleSource: RoleSourceName | undefined;
  /** The ids of the active admins, where they are held. */
  readonly admins: readonly string[];
  /** The ids of those who were granted the changed role, where they are held. */
  readonly holders: readonly string[];
  /** The ids of the account's default roles, where they are held. */
  readonly defaults: readonly string[];
  /** What whoever asks may do now. */
  readonly own: ReadonlySet<PermissionId>;
}

/** What is held, as it is until the transaction ends. `field` is where the request named it; NOT_FOUND tells it. */
export class Held implements Found {
  readonly definitions: readonly CustomAttribute[];
  readonly roleSource: RoleSourceName | undefined;
  readonly admins: readonly string[];
  readonly holders: readonly string[];
  readonly defaults: readonly string[];
  readonly own: ReadonlySet<PermissionId>;
  readonly #rows: HeldRows;

  constructor(rows: HeldRows, { definitions, roleSource, admins, holders, defaults, own }: Found) {
    this.#rows = rows;
    this.definitions = definitions;
    this.roleSource = roleSource;
    this.admins = admins;
    this.holders = holders;
    this.defaults = defaults;
    this.own = own;
  }

  /** Somebody in the directory; whoever was deprovisioned is not. */
  findPerson(id: string): User | undefined {
    const person = this.#rows.people.get(id.toLowerCase());
    return person?.status === 'DEPROVISIONED' ? undefined : person;
  }

  person(id: string, field = 'id'): User {
    return this.findPerson(id) ?? missing('user', id, field);
  }

  role(id: string, field = 'id'): Role {
    return this.#rows.roles.get(id.toLowerCase()) ?? missing('role', id, field);
  }

  /** What somebody has, of those who are named and of whoever asks; default roles aside. */
  grantsOf({ id }: User): HeldGrant[] {
    return this.#rows.grants.filter(({ userId }) => userId === id);
  }

  findToken(id: string): Token | undefined {
    return this.#rows.tokens.get(id.toLowerCase());
  }

  token(id: string, field = 'id'): Token {
    return this.findToken(id) ?? missing('token', id, field);
  }

  connection(id: string, field = 'id'): Connection {
    return this.#rows.connections.get(id.toLowerCase()) ?? missing('connection', id, field);
  }

  findSignInConnection(id: string): SignInConnection | undefined {
    return this.#rows.signInConnections.get(id.toLowerCase());
  }

  signInConnection(id: string, field = 'id'): SignInConnection {
    return this.findSignInConnection(id) ?? missing('sign-in connection', id, field);
  }

  definition(id: string): CustomAttribute {
    const wanted = id.toLowerCase();
    return this.definitions.find((each) => each.id === wanted) ?? missing('custom attribute', id, 'id');
  }
}

function missing(what: string, id: string, field: string): never {
  throw notFound(what, id, field);
}
