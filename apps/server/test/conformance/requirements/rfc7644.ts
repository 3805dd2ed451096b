import type { Requirement, Specification } from './requirement.ts';

const resources: readonly Requirement[] = [
  {
    section: '1.3',
    demands: 'The base URI has no query',
    notApplicable: 'a base URI is a path here, and clients add to it',
  },
  {
    section: '2',
    demands: 'A request without a good credential is 401 with a challenge',
    shownBy: '§2 access: the credential',
  },
  {
    section: '2',
    demands: 'The client is a subject with an access policy',
    shownBy: '§2 access: a token is for its own account',
  },
  {
    section: '2.1',
    demands: 'The threats to bearer tokens are taken into account',
    shownBy: '§2 access: a token that was revoked',
  },
  {
    section: '3.1',
    demands: 'URIs of messages begin with the prefix of the API, and schemas of messages are not to be found',
    shownBy: '§4 discovery: knows no schema',
  },
  {
    section: '3.1',
    demands: 'An answer shows the state that the server has',
    shownBy: '§3.3 POST: a user is created with every attribute',
  },
  { section: '3.2', demands: 'PUT creates nothing', shownBy: '§3.5.1 PUT: creates nothing' },
  {
    section: '3.3',
    demands: 'Read-only attributes of a POST are ignored',
    shownBy: '§3.3 POST: what is read-only',
  },
  {
    section: '3.3',
    demands: 'A creation is 201 with Location, which meta has too',
    shownBy: '§3.3 POST: is answered 201',
  },
  { section: '3.3', demands: 'A duplicate is 409 uniqueness', shownBy: '§3.3 POST: a duplicate' },
  {
    section: '3.3.1',
    demands: 'meta.resourceType is set to the type of the endpoint',
    shownBy: '§3.3 POST: what is read-only',
  },
  { section: '3.4.1', demands: 'A resource is read by its id', shownBy: '§3.4.1 GET' },
  {
    section: '3.4.2',
    demands:
      'A query is answered with a ListResponse that has totalResults, Resources, startIndex and itemsPerPage',
    shownBy: '§3.4.2 query',
  },
  { section: '3.4.2', demands: 'A query without a match is 200 and totalResults 0', shownBy: '§3.4.2 query' },
  {
    section: '3.4.2.1',
    demands: 'A query at the root is of every resource, subject to the filter',
    shownBy: '§3.4.2.1 root: a query of everything',
  },
  {
    section: '3.4.2.1',
    demands: 'An attribute that a type does not have has no value',
    shownBy: '§3.4.2.1 root: an attribute that',
  },
  {
    section: '3.4.2.1',
    demands: 'Resources of several types are sorted together',
    shownBy: '§3.4.2.1 root: is sorted as one list',
  },
  {
    section: '3.4.2.1',
    demands: 'A query with too many results is refused with tooMany',
    notApplicable:
      'no query has too many: it is answered in pages, and a count beyond the maximum gets the maximum',
  },
  {
    section: '3.4.2.2',
    demands:
      'Only what matches the filter is returned; the grammar, the order of operations, operators by type, case by attribute',
    shownBy: '§3.4.2.2 filters: find in the database whom',
  },
  {
    section: '3.4.2.2',
    demands: 'A filter in brackets is matched by one and the same value',
    shownBy: '§3.4.2.2 filters: emails[type eq "work" and value co ".1@"]',
  },
  {
    section: '3.4.2.2',
    demands: 'Boolean and binary values have no order: gt, ge, lt and le fail with invalidFilter',
    shownBy: 'filters: "active gt true" is refused',
  },
  {
    section: '3.4.2.2',
    demands: 'An operator that is not known is refused with invalidFilter',
    shownBy: 'filters: "userName is \\"a\\"" is refused',
  },
  {
    section: '3.4.2.2',
    demands: 'Of a complex attribute a sub-attribute is named',
    different:
      'an attribute with a `value` can be compared as a whole, and `emails eq "x"` means `emails.value eq "x"`: Ping sends it. Others are refused',
  },
  {
    section: '3.4.2.2',
    demands: '`ne` of a multi-valued attribute',
    different:
      'it denies `eq`: it holds when no value is equal, also when there is none. The RFC leaves open whether one other value is enough; that reading would find nearly everybody',
  },
  {
    section: '3.4.2.2',
    demands: 'Any text operator may be used with any text',
    different:
      'ids, `$ref`, meta.location and meta.version know eq, ne and pr: they are no texts to look into. Anything else is invalidFilter',
  },
  {
    section: '3.4.2.2',
    demands: 'meta.version is compared as it is shown',
    different:
      'the version in it is compared. A digest behind the version stands for what the resource shows of others, such as the names of members, and is in no row of the resource',
  },
  {
    section: '3.4.2.2',
    demands: 'The grammar of a filter ends at "]"',
    different:
      '`emails[type eq "work"].value eq "x"` is read too, as one value that is both: Entra ID sends it',
  },
  {
    section: '3.4.2.3',
    demands:
      'Results are in the order of sortBy, ascending unless told otherwise, by case as the attribute says',
    shownBy: '§3.4.2.3 sorting: without regard to case',
  },
  {
    section: '3.4.2.3',
    demands: 'By the primary value of many or the first; what has none is last, or first when descending',
    shownBy: '§3.4.2.3 sorting: what has no value',
  },
  {
    section: '3.4.2.4',
    demands: 'startIndex below 1 is 1, a negative count is 0, no page has more than count',
    shownBy: '§3.4.2.4 paging: {"startIndex":0',
  },
  {
    section: '3.4.2.5',
    demands: 'attributes and excludedAttributes are supported',
    shownBy: '§3.4.2.5 attributes: a list',
  },
  {
    section: '3.4.3',
    demands: 'POST to /.search is a query with its parameters in the body',
    shownBy: '§3.4.3 .search: finds what',
  },
  {
    section: '3.4.3',
    demands: 'A search is identified by its URI, and its filter is valid',
    shownBy: '§3.4.3 .search: another message',
  },
];

const changes: readonly Requirement[] = [
  { section: '3.5', demands: 'PUT is supported', shownBy: '§3.5.1 PUT: replaces a user' },
  {
    section: '3.5.1',
    demands: 'What is given replaces, what is left out is cleared or defaulted, what is read-only is ignored',
    shownBy: '§3.5.1 PUT: ignores what is read-only',
  },
  {
    section: '3.5.1',
    demands: 'What is left out is cleared',
    different:
      'but for `active`, which stays, with null or "" too: who was locked out is let in again only by a request that says `true`. And but for the password, which nobody can send back',
  },
  {
    section: '3.5.1',
    demands: 'Values of immutable attributes match what is there',
    notApplicable: 'no attribute is immutable but parts of members, and PUT replaces the members whole',
  },
  {
    section: '3.5.1',
    demands: 'Required attributes are specified',
    shownBy: '§3.5.1 PUT: needs what is required',
  },
  {
    section: '3.5.2',
    demands: 'The body has the URI of a PatchOp and Operations, each with one op',
    shownBy: '§3.5.2 PATCH: no operation is refused',
  },
  {
    section: '3.5.2',
    demands: '`schemas` of the body',
    different: 'may be missing, since clients forget it; that of another message is refused',
  },
  {
    section: '3.5.2',
    demands: 'A read-only attribute is not changed',
    shownBy: '§3.5.2 PATCH: meta.created is read-only',
  },
  {
    section: '3.5.2',
    demands: '`schemas` of a resource follow its attributes',
    shownBy: '§3.5.2 PATCH: `schemas` follows',
  },
  {
    section: '3.5.2',
    demands: 'A new primary value ends the former',
    shownBy: '§3.5.2 PATCH: a value that becomes primary',
  },
  { section: '3.5.2', demands: 'A PATCH is atomic', shownBy: '§3.5.2 PATCH: is all or nothing' },
  {
    section: '3.5.2',
    demands: 'The answer is 200 with the resource, or 204; 200 when attributes are asked for',
    shownBy: '§3.5.2 PATCH: of a group is answered 204',
  },
  {
    section: '3.5.2',
    demands: 'The value of an operation without path is an object',
    different: 'a list of one such object says the same, and is read so',
  },
  {
    section: '3.5.2',
    demands: 'A read-only attribute in the value of an operation without path',
    different:
      'is passed over, as in a PUT: authentik and Okta send back the whole resource. But an `id` that is not that of the resource is mutability',
  },
  {
    section: '3.5.2.1',
    demands: 'An add without path has its attributes in the value',
    shownBy: '§3.5.2.1 add: without a path',
  },
  {
    section: '3.5.2.1',
    demands: 'Adding what is there changes nothing, not even the time of the last change',
    shownBy: '§3.5.2.1 add: of what is there already',
  },
  {
    section: '3.5.2.1',
    demands: 'Adds to complex, single-valued and multi-valued attributes',
    shownBy: '§3.5.2.1 add: to a multi-valued attribute',
  },
  { section: '3.5.2.2', demands: 'A remove needs a path', shownBy: '§3.5.2.2 remove: without a path' },
  {
    section: '3.5.2.2',
    demands: 'What loses its last value is unassigned',
    shownBy: '§3.5.2.2 remove: with a filter the selected',
  },
  {
    section: '3.5.2.2',
    demands: 'A required attribute is not removed',
    shownBy: '§3.5.2.2 remove: of a required attribute',
  },
  {
    section: '3.5.2.2',
    demands: 'Without a filter all values go',
    different:
      'unless the operation lists values, which the RFC does not foresee: then those go. Entra ID, JumpCloud and authentik remove members so, and the group would be emptied',
  },
  {
    section: '3.5.2.2',
    demands: 'What is removed is unassigned',
    different:
      'but for `active`, which stays: everybody is active or is not, and any default would switch somebody on, or off, whom nobody meant. So do null and "" in add and replace',
  },
  {
    section: '3.5.2.3',
    demands: 'A replace of what is not there is an add',
    shownBy: '§3.5.2.3 replace: of what is not there',
  },
  {
    section: '3.5.2.3',
    demands: 'Replaces of complex and multi-valued attributes, whole and selected',
    shownBy: '§3.5.2.3 replace: with a filter the selected',
  },
  {
    section: '3.5.2.3',
    demands: 'A filter that selects nothing is noTarget',
    different:
      'when its `eq` terms say what the value would be, the value is made: Entra ID sends `emails[type eq "work"].value` for whom has no such address, and repeats a refused request for ever. Otherwise it is noTarget',
  },
  {
    section: '3.6',
    demands: 'A DELETE is 204; after it everything is 404, queries leave it out, and its name is free',
    shownBy: '§3.6 DELETE: is answered 204',
  },
  {
    section: '3.7',
    demands: 'A bulk that was processed is 200, with the result of every operation, in order',
    shownBy: '§3.7 Bulk: every operation is answered',
  },
  {
    section: '3.7',
    demands: '`schemas` of the body',
    different: 'may be missing, as of a PATCH and a search; that of another message is refused',
  },
  {
    section: '3.7',
    demands: 'It goes on after failures, as far as failOnErrors lets it',
    shownBy: '§3.7 Bulk: stops after as many',
  },
  {
    section: '3.7',
    demands: 'A failure has its error in `response`',
    shownBy: '§3.7 Bulk: goes on after a failure',
  },
  {
    section: '3.7',
    demands: 'The same bulkId comes back',
    shownBy: '§3.7 Bulk: every operation is answered',
  },
  {
    section: '3.7',
    demands: 'An optimized sequence has the same outcome',
    shownBy: '§3.7.2 bulkId: stands for the new id, before',
  },
  { section: '3.7.1', demands: 'Circular references are resolved, or 409', shownBy: '§3.7.1 cycles' },
  {
    section: '3.7.2',
    demands: 'bulkId references are replaced by ids',
    shownBy: '§3.7.2 bulkId: stands for the new id in the path',
  },
  {
    section: '3.7.2',
    demands: 'A reference stands where an id is expected',
    different:
      'every text of `data` is looked through, since attributes of extensions may refer too: one that begins with `bulkId:`, one in the quotes of a path and one at the end of an address stand for the id, whatever the attribute. So no value of a bulk request can begin with `bulkId:`; a request of its own can give one',
  },
  {
    section: '3.7.2',
    demands: 'References in extensions are resolved too',
    shownBy: '§3.7.2 bulkId: stands for the new id, before',
  },
  {
    section: '3.7.3',
    demands: 'Every result but of a failed POST has its location, and its status',
    shownBy: '§3.7 Bulk: every operation is answered',
  },
  {
    section: '3.7.4',
    demands: 'Operations and bytes have limits, beyond which it is 413 with the limit',
    shownBy: '§3.7.4 limits: too many operations',
  },
];

const messages: readonly Requirement[] = [
  { section: '3.8', demands: 'JSON in UTF-8 is accepted and returned', shownBy: '§3.8 formats: UTF-8' },
  {
    section: '3.8',
    demands: 'JSON is UTF-8',
    shownBy: '§3.8 formats: bytes that are no UTF-8',
  },
  {
    section: '3.8',
    demands: 'The Content-Type of a body is application/scim+json or application/json',
    different:
      'a body that does not say what it is, or says text/json, is read as JSON: it can be nothing else here. Any other is 415',
  },
  { section: '3.8', demands: 'Accept is supported', shownBy: '§3.8 formats: Accept' },
  {
    section: '3.9',
    demands: 'attributes overrides the default list, but for what is always returned',
    shownBy: '§3.9 attributes: a user with attributes=userName',
  },
  {
    section: '3.9',
    demands: 'excludedAttributes takes from the default list',
    shownBy: '§3.9 attributes: what is excluded',
  },
  { section: '3.10', demands: 'URNs and names have no case', shownBy: '§3.10 notation' },
  {
    section: '3.11',
    demands: '/Me has the permanent address in Location',
    shownBy: '§3.11 /Me: is the person',
  },
  {
    section: '3.12',
    demands: 'Errors are JSON with schemas, status and scimType',
    shownBy: '§3.12 errors: have their schema',
  },
  { section: '3.13', demands: 'The version is in the path', shownBy: '§3.13 versions of the protocol' },
  {
    section: '3.14',
    demands: 'ETags are in the header and in meta.version, and preconditions are kept to',
    shownBy: '§3.14 versions: of Users, If-Match',
  },
  {
    section: '3.14',
    demands: 'A conditional GET is answered 304 only when the client has what would be answered',
    shownBy: '§3.14 versions: what a resource shows of others',
  },
  {
    section: '4',
    demands: '/ServiceProviderConfig, /Schemas and /ResourceTypes answer, without a credential',
    shownBy: '§4 discovery: needs no credential',
  },
  {
    section: '4',
    demands: '/Schemas returns all schemas in a ListResponse',
    shownBy: '§4 discovery: /Schemas tells them all',
  },
  { section: '4', demands: 'A filter on them is 403', shownBy: '§4 discovery: takes no filter' },
  {
    section: '4',
    demands: 'Sorting, paging and attributes are ignored there',
    shownBy: '§4 discovery: takes no notice',
  },
  {
    section: '5',
    demands: 'userName and password are prepared by PRECIS before they are compared',
    different:
      'userNames are compared without case and in NFC (decision 0016), but full-width letters are kept apart; passwords as they are',
  },
  {
    section: '6',
    demands: 'Tenants, as far as there are any, do not see each other',
    shownBy: '§2 access: a token is for its own account',
  },
  {
    section: '7.2',
    demands: 'TLS 1.2 or later',
    notApplicable: 'TLS ends at the load balancer in front of the process; docs and guides ask for it',
  },
  {
    section: '7.4',
    demands: 'Bearer tokens have entropy, a limited lifetime, and can be revoked',
    shownBy: '§2 access: a token that was revoked',
  },
  {
    section: '7.5',
    demands: 'Personal data is not in URLs',
    notApplicable: 'it is about what clients send; /.search by POST is there for it',
  },
  {
    section: '7.8',
    demands: 'Strings are prepared before they are tested for uniqueness',
    different: 'see section 5',
  },
];

export const rfc7644: Specification = {
  name: 'RFC 7644',
  title: 'Protocol',
  requirements: [...resources, ...changes, ...messages],
};
