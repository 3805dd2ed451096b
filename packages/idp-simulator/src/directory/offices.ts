import type { Culture } from './names.ts';

/** A place of work; everything local about a person follows from it. */
export interface Office {
  readonly city: string;
  readonly streetAddress: string;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2, as RFC 7643 §4.1.2 wants it. */
  readonly country: string;
  readonly language: string;
  readonly timezone: string;
  /** Prefix of the numbers, from ranges that are reserved for fiction where the country has one. */
  readonly phonePrefix: string;
  readonly culture: Culture;
  /** Share of the staff, relative to the other offices. */
  readonly weight: number;
}

export const OFFICES: readonly Office[] = [
  {
    city: 'Berlin',
    streetAddress: 'Torstraße 140',
    postalCode: '10119',
    country: 'DE',
    language: 'de-DE',
    timezone: 'Europe/Berlin',
    phonePrefix: '+49 30 23125',
    culture: 'german',
    weight: 5,
  },
  {
    city: 'New York',
    streetAddress: '350 Hudson Street',
    postalCode: '10014',
    country: 'US',
    language: 'en-US',
    timezone: 'America/New_York',
    phonePrefix: '+1 212 555',
    culture: 'american',
    weight: 6,
  },
  {
    city: 'London',
    streetAddress: '12 Finsbury Square',
    postalCode: 'EC2A 1AR',
    country: 'GB',
    language: 'en-GB',
    timezone: 'Europe/London',
    phonePrefix: '+44 20 7946',
    culture: 'british',
    weight: 4,
  },
  {
    city: 'Sofia',
    streetAddress: '51 Cherni Vrah Boulevard',
    postalCode: '1407',
    country: 'BG',
    language: 'bg-BG',
    timezone: 'Europe/Sofia',
    phonePrefix: '+359 2 555',
    culture: 'bulgarian',
    weight: 4,
  },
  {
    city: 'Bengaluru',
    streetAddress: '88 Residency Road',
    postalCode: '560025',
    country: 'IN',
    language: 'en-IN',
    timezone: 'Asia/Kolkata',
    phonePrefix: '+91 80 5550',
    culture: 'indian',
    weight: 5,
  },
  {
    city: 'São Paulo',
    streetAddress: 'Avenida Paulista 1374',
    postalCode: '01310-100',
    country: 'BR',
    language: 'pt-BR',
    timezone: 'America/Sao_Paulo',
    phonePrefix: '+55 11 5550',
    culture: 'brazilian',
    weight: 3,
  },
  {
    city: 'Singapore',
    streetAddress: '9 Raffles Place',
    postalCode: '048619',
    country: 'SG',
    language: 'en-SG',
    timezone: 'Asia/Singapore',
    phonePrefix: '+65 6555',
    culture: 'chinese',
    weight: 3,
  },
  {
    city: 'Tokyo',
    streetAddress: '1-9-2 Marunouchi',
    postalCode: '100-0005',
    country: 'JP',
    language: 'ja-JP',
    timezone: 'Asia/Tokyo',
    phonePrefix: '+81 3 5550',
    culture: 'japanese',
    weight: 2,
  },
];
