export const userStatuses = ['ACTIVE', 'INACTIVE', 'DEPROVISIONED'] as const;
export type UserStatusName = (typeof userStatuses)[number];

/** One value of a multi-valued attribute (RFC 7643 §2.4). */
export interface AttributeValue {
  value?: string | null;
  display?: string | null;
  type?: string | null;
  primary?: boolean | null;
}

/** A physical mailing address (RFC 7643 §4.1.2). */
export interface Address {
  formatted?: string | null;
  streetAddress?: string | null;
  locality?: string | null;
  region?: string | null;
  postalCode?: string | null;
  country?: string | null;
  type?: string | null;
  primary?: boolean | null;
}
