import type { Specification } from './requirement.ts';

export const rfc7643: Specification = {
  name: 'RFC 7643',
  title: 'Core Schema',
  requirements: [
    {
      section: '2',
      demands: 'Resources are JSON and name their schemas in `schemas`',
      shownBy: '§3 schemas: lists the schemas',
    },
    {
      section: '2.1',
      demands: 'Attribute names follow the grammar',
      shownBy: '§2.1 names: follow the grammar',
    },
    { section: '2.1', demands: 'Attribute names have no case', shownBy: '§2.1 names: follow the grammar' },
    {
      section: '2.3',
      demands: 'A value is of the type of its attribute; binary is base64',
      shownBy: '§2.3 types: a value of another type',
    },
    {
      section: '2.3',
      demands: 'An integer has no fraction and no exponent',
      notApplicable:
        'no attribute of the schemas served is an integer; a custom attribute may be one, and the type is checked where values are read',
    },
    {
      section: '2.3.5',
      demands: 'A dateTime is a valid xsd:dateTime with a date and a time',
      shownBy: '§2.3.5 dateTime',
    },
    {
      section: '2.3.7',
      demands: 'A reference to a resource leads to it',
      shownBy: '§2.3.7 reference: leads',
    },
    {
      section: '2.3.7',
      demands: 'A reference leads to a resource of the type that it says',
      different:
        'the id of a member tells whether it is a User or a Group, in `$ref` as in `value`: that type and endpoint are possible ones and agree is checked, and the id then decides',
    },
    {
      section: '2.3.7',
      demands: 'A reference is a URI that HTTP can address',
      different:
        'a `profileUrl` or photo that a client sends is kept as it is, whether it is a URI or not: validators send random letters, and a directory that has a wrong address in it should still be provisioned',
    },
    {
      section: '2.3.8',
      demands: 'Servers do not expect parts of a complex value in an order',
      shownBy: '§2.3.8 complex',
    },
    { section: '2.3.8', demands: 'A part of a complex attribute is not complex', shownBy: '§2.3.8 complex' },
    { section: '2.4', demands: '`primary` is true once at most', shownBy: '§2.4 primary: is true once' },
    {
      section: '2.4',
      demands: 'A value that does not say `primary` counts as not primary',
      shownBy: '§2.4 primary: an address that does not say',
    },
    {
      section: '2.4',
      demands: 'Multi-valued attributes use value, display, type, primary and $ref with their meanings',
      shownBy: '§2.4 multi-valued: one value of one type',
    },
    {
      section: '2.4',
      demands: 'URIs with and without the version of the API are comparable',
      notApplicable: 'there is one version, v2, and every URI that is given out has it',
    },
    {
      section: '2.5',
      demands: 'Unassigned, null and an empty array are one state',
      shownBy: '§2.5 unassigned',
    },
    {
      section: '3',
      demands: '`schemas` is there, not empty, without doubles, and its order says nothing',
      shownBy: '§3 schemas: lists the schemas',
    },
    {
      section: '3',
      demands: '`schemas` has only URIs of the resource type',
      different:
        'on the way out it has; on the way in unknown URIs are ignored, since Entra ID and OneLogin send URIs of their own. Only an empty list and the URI of another resource type are refused',
    },
    {
      section: '3.1',
      demands: '`id` is unique, stable, never empty and of the server; the string "bulkId" is not in it',
      shownBy: '§3.1 id: is never empty',
    },
    {
      section: '3.1',
      demands: '`id` is not specified by the client',
      shownBy: '§3.1 id: comes from the server',
    },
    {
      section: '3.1',
      demands: '`externalId` is of the client and scoped to where it came from',
      shownBy: '§3.1 externalId',
    },
    {
      section: '3.1',
      demands: '`meta` is assigned by the server; what a client sends is ignored',
      shownBy: '§3.1 meta',
    },
    {
      section: '3.1',
      demands: '`lastModified` of what was never modified is `created`',
      shownBy: '§3.1 meta',
    },
    { section: '3.1', demands: '`location` is the address of the resource', shownBy: '§3.1 meta' },
    {
      section: '3.1',
      demands: '`location` is the same as Content-Location',
      shownBy: '§3.1 meta: location is in Content-Location',
    },
    {
      section: '2.3.1',
      demands: 'A string is a JSON string',
      different:
        'employeeNumber may come as a number, as templates of HR systems write it, and is kept as text. Any other number in place of a text is invalidValue',
    },
    { section: '3.1', demands: 'A version that is not byte for byte is marked weak', shownBy: '§3.1 meta' },
    {
      section: '3.3',
      demands: 'Attributes of an extension are in an object named by its URI',
      shownBy: '§3 schemas: lists the schemas',
    },
    {
      section: '4.1.1',
      demands: '`userName` is there and not empty',
      shownBy: '§4.1.1 userName: a user needs one',
    },
    { section: '4.1.1', demands: '`userName` is unique and has no case', shownBy: '§7 caseExact' },
    {
      section: '4.1.1',
      demands: 'A password is not returned, nor stored in clear text',
      shownBy: '§4.1.1 password',
    },
    {
      section: '4.1.2',
      demands: 'A country is an ISO 3166-1 alpha-2 code',
      different:
        'it is kept as it is sent: directories hold names of countries too, and a refusal would keep the person out',
    },
    {
      section: '4.1.2',
      demands: 'A photo is a file, not a page about one',
      notApplicable: 'a photo is not opened',
    },
    {
      section: '4.1.2',
      demands: '`groups` is read-only and changes with the groups',
      shownBy: '§4.1.2 groups',
    },
    {
      section: '4.1.2',
      demands: 'A certificate is one, DER in base64',
      different:
        'base64 is checked; that the bytes are one certificate is not, since nothing here relies on it',
    },
    { section: '4.2', demands: 'A group has a displayName', shownBy: '§4.2 displayName' },
    {
      section: '5',
      demands:
        'ServiceProviderConfig has patch, bulk, filter, changePassword, sort, etag and authenticationSchemes',
      shownBy: '§5 ServiceProviderConfig',
    },
    {
      section: '6',
      demands: 'A resource type has name, endpoint, schema and its extensions, which are schemas of /Schemas',
      shownBy: '§6 ResourceType',
    },
    {
      section: '7',
      demands: 'Every attribute of a schema tells its characteristics',
      shownBy: '§7 characteristics',
    },
    {
      section: '7',
      demands: 'caseExact is kept to in comparisons, and the case of a value is kept',
      shownBy: '§7 caseExact',
    },
    { section: '7', demands: 'A read-only attribute is not modified', shownBy: '§3.1 meta' },
    { section: '7', demands: 'What is returned "never" is not returned', shownBy: '§4.1.1 password' },
    { section: '9.2', demands: 'Passwords are not stored in clear text', shownBy: '§4.1.1 password' },
    {
      section: '10',
      demands: 'How URNs of schemas are registered',
      notApplicable: 'it is about the registry of IANA',
    },
  ],
};
