import { type Costly, type CostlyInputs, many, postOf } from './costly.ts';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

const filterOf = (part: string, start = '', end = ''): Costly =>
  postOf('/Users/.search', Math.floor(900_000 / JSON.stringify(part).length), (size) => ({
    schemas: [SEARCH],
    filter: `${start}${part.repeat(size)}${end}`,
  }));

export const filters: CostlyInputs = {
  'opening parentheses': filterOf('('),
  'not after not': filterOf('not ('),
  'value paths within value paths': filterOf('emails['),
  'a chain of and': filterOf('title pr and ', '', 'title pr'),
  'a chain of or with values': filterOf('title eq "x" or ', '', 'title pr'),
  'one long text': filterOf('x', 'title eq "', '"'),
  'a text of backslashes': filterOf('\\\\', 'title eq "', '"'),
  'a text without an end': filterOf('\\"', 'title eq "'),
  'a text of letters beyond the first plane': filterOf('\u{1f600}', 'title eq "', '"'),
  'dots in a name': filterOf('a.'),
  'colons in a name': filterOf('urn:', '', ' pr'),
  'digits of a number': filterOf('9', 'title eq '),
  blanks: filterOf(' ', 'title', 'pr'),
  'quotes and brackets': filterOf('"]['),
  'a search with many attributes': postOf('/Users/.search', 40_000, (size) => ({
    schemas: [SEARCH],
    attributes: many(size, (at) => `emails.unknown${at}`),
    count: 1,
  })),
};
