/** What the workload knows of a person, and so expects to read. */
export interface Person {
  readonly userName: string;
  readonly externalId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly phone: string;
  readonly department: string;
  readonly employeeNumber: string;
  readonly manager: Person | undefined;
  displayName: string;
  title: string;
  active: boolean;
  /** Given by the server. */
  id: string | undefined;
  /** Resolved when the server has them, for those who report to them. */
  readonly arrival: PromiseWithResolvers<void>;
}

/** What one PATCH of the workload changes. */
export type PersonChange = Partial<Pick<Person, 'displayName' | 'title' | 'active'>>;

const GIVEN_NAMES =
  'Ada Bruno Carla Dario Edith Fatima Goran Helga Ivan Judith Kofi Lena Marek Nadia Oskar Paula Qiang Rita Samir Tess Ugo Vera Wanda Xavi Yara Zeno'.split(
    ' ',
  );
const FAMILY_NAMES =
  'Adler Bergström Carlsen Dobson Eriksen Falk Goldmann Hanson Ito Jackson Koval Lindberg Mason Nowak Olson Pavlov Quist Rosenberg Stone Tanaka Ullman Vasilev Watson Xu Yilmaz Zimmerman Almeida Brandt Castillo Diallo Esposito Ferrari Grimaldi Hussein Isaksen Jensen Kaplan Lombardi Moretti Nilsson'.split(
    ' ',
  );

/** One in this many people has others reporting to them, and a department has this many people: 600 and 50 of 5,000. */
const PEOPLE_PER_MANAGER = 25 / 3;
const PEOPLE_PER_DEPARTMENT = 100;
const MANAGERS_PER_MANAGER = 10;
/** These report to nobody. */
const HEADS = 20;

/** Of so many people, the first are managers. */
export const managerCount = (people: number): number => Math.ceil(people / PEOPLE_PER_MANAGER);

/** The people of the workload, managers before those who report to them; the same for the same number. */
export function buildPeople(count: number): Person[] {
  const managers = managerCount(count);
  const departments = Math.max(2, Math.round(count / PEOPLE_PER_DEPARTMENT));
  const people: Person[] = [];
  for (let index = 0; index < count; index++) {
    const above = index < managers ? Math.floor(index / MANAGERS_PER_MANAGER) : index % managers;
    const manager = index < HEADS ? undefined : people[above];
    const department = `Department ${(index % managers) % departments}`;
    people.push(buildPerson(`u${index}`, index, { manager, department }));
  }
  return people;
}

/** Somebody who comes later, in the team of one who is there. */
export const buildColleague = (tag: string, index: number, colleague: Person): Person =>
  buildPerson(`${tag}${index}`, index, colleague);

function buildPerson(
  name: string,
  index: number,
  { manager, department }: Pick<Person, 'manager' | 'department'>,
): Person {
  const givenName = String(GIVEN_NAMES[index % GIVEN_NAMES.length]);
  const familyName = String(FAMILY_NAMES[Math.floor(index / GIVEN_NAMES.length) % FAMILY_NAMES.length]);
  return {
    userName: `${name}@example.com`,
    externalId: `external-${name}`,
    givenName,
    familyName,
    displayName: `${givenName} ${familyName}`,
    title: 'Engineer',
    phone: `+1555${String(index).padStart(7, '0')}`,
    department,
    employeeNumber: String(100_000 + index),
    manager,
    active: true,
    id: undefined,
    arrival: Promise.withResolvers(),
  };
}
