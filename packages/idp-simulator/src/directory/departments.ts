/** A department, with what its people are called from the top to the bottom. */
export interface Department {
  readonly name: string;
  readonly costCenter: string;
  /** Share of the staff, relative to the other departments. */
  readonly weight: number;
  readonly leader: string;
  readonly field: string;
  readonly titles: readonly string[];
}

export const EXECUTIVE = {
  name: 'Executive',
  costCenter: 'CC-1000',
  title: 'Chief Executive Officer',
} as const;

export const DEPARTMENTS: readonly Department[] = [
  {
    name: 'Engineering',
    costCenter: 'CC-2100',
    weight: 30,
    leader: 'Chief Technology Officer',
    field: 'Engineering',
    titles: ['Software Engineer', 'Senior Software Engineer', 'Staff Engineer', 'Quality Engineer'],
  },
  {
    name: 'Sales',
    costCenter: 'CC-3100',
    weight: 18,
    leader: 'Chief Revenue Officer',
    field: 'Sales',
    titles: ['Account Executive', 'Senior Account Executive', 'Sales Development Representative'],
  },
  {
    name: 'IT',
    costCenter: 'CC-4100',
    weight: 6,
    leader: 'Chief Information Officer',
    field: 'IT',
    titles: ['System Administrator', 'Identity Engineer', 'Service Desk Analyst'],
  },
  {
    name: 'Customer Success',
    costCenter: 'CC-3300',
    weight: 12,
    leader: 'VP Customer Success',
    field: 'Customer Success',
    titles: ['Customer Success Manager', 'Support Engineer', 'Onboarding Specialist'],
  },
  {
    name: 'Product',
    costCenter: 'CC-2200',
    weight: 8,
    leader: 'Chief Product Officer',
    field: 'Product',
    titles: ['Product Manager', 'Senior Product Manager', 'Product Analyst'],
  },
  {
    name: 'Marketing',
    costCenter: 'CC-3200',
    weight: 8,
    leader: 'Chief Marketing Officer',
    field: 'Marketing',
    titles: ['Content Strategist', 'Campaign Specialist', 'Field Marketer'],
  },
  {
    name: 'Finance',
    costCenter: 'CC-1200',
    weight: 6,
    leader: 'Chief Financial Officer',
    field: 'Finance',
    titles: ['Accountant', 'Financial Analyst', 'Payroll Specialist'],
  },
  {
    name: 'Human Resources',
    costCenter: 'CC-1300',
    weight: 5,
    leader: 'Chief People Officer',
    field: 'People',
    titles: ['HR Business Partner', 'Recruiter', 'Learning Specialist'],
  },
  {
    name: 'Design',
    costCenter: 'CC-2300',
    weight: 4,
    leader: 'VP Design',
    field: 'Design',
    titles: ['Product Designer', 'UX Researcher', 'Design Technologist'],
  },
  {
    name: 'Legal',
    costCenter: 'CC-1400',
    weight: 3,
    leader: 'General Counsel',
    field: 'Legal',
    titles: ['Corporate Counsel', 'Contracts Manager', 'Paralegal'],
  },
];

/** The department of that name; undefined for the executive office, which nobody joins or leaves. */
export function findDepartment(name: string): Department | undefined {
  return DEPARTMENTS.find((department) => department.name === name);
}
