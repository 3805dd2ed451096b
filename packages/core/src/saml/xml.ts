import { DOMParser } from '@xmldom/xmldom';
import { SamlRefused } from './saml-refused.ts';

/** Groups are what makes a message long: two thousand of them take a quarter of this. */
export const MAX_XML = 512 * 1024;
/** Messages of SAML are a dozen elements deep. */
const MAX_DEPTH = 50;
const MAX_ELEMENTS = 10_000;
/** Each group may come with a type and the namespaces of that. */
const MAX_ATTRIBUTES = 20_000;

/**
 * Reads a message of a provider. What gives one document two meanings is refused before anything parses it, by its
 * characters: no message of SAML has a document type, an entity, a comment, a CDATA section or a processing instruction, and
 * `<` stands nowhere else in well-formed XML.
 *
 * @throws SamlRefused
 */
export function readMessage(xml: string, what: string): Element {
  if (xml.length > MAX_XML) throw new SamlRefused(`${what} is longer than ${MAX_XML} characters.`);
  const content = xml.replace(/^\uFEFF?<\?xml [^<>?]*\?>/, '');
  if (content.includes('<!'))
    throw new SamlRefused(`${what} has a document type, an entity, a comment or a CDATA section in it.`);
  if (content.includes('<?')) throw new SamlRefused(`${what} has a processing instruction in it.`);
  return parse(xml, what);
}

/**
 * Reads a file that an admin copied from their provider, in which comments are harmless. A document type is refused before
 * anything parses it.
 *
 * @throws SamlRefused
 */
export function readFile(xml: string, what: string): Element {
  if (xml.length > 2 * MAX_XML) throw new SamlRefused(`${what} is longer than ${2 * MAX_XML} characters.`);
  if (/<!(?!--)/.test(xml)) throw new SamlRefused(`${what} has a document type or an entity in it.`);
  return parse(xml, what);
}

function parse(xml: string, what: string): Element {
  assertShallow(xml, what);
  const wrong = (message: unknown): never => {
    throw new SamlRefused(`${what} is no well-formed XML: ${String(message).split('\n')[0]}`);
  };
  const parser = new DOMParser({ errorHandler: { warning: wrong, error: wrong, fatalError: wrong } });
  const document: Document | undefined = parser.parseFromString(xml, 'text/xml');
  const root = document?.documentElement;
  if (root == null) return wrong('it has no element');
  const roots = [...nodesOf(document as unknown as Node)].filter(({ nodeType }) => nodeType === ELEMENT);
  if (roots.length !== 1) return wrong('it has several roots');
  return root;
}

/** Before it is parsed: elements in elements and many attributes are what makes parsing dear. */
function assertShallow(xml: string, what: string): void {
  let depth = 0;
  let count = 0;
  let attributes = 0;
  for (const [tag] of xml.matchAll(/<[/\w][^<>]*/g)) {
    count += 1;
    attributes += tag.split('=').length - 1;
    if (tag.startsWith('</')) depth -= 1;
    else if (!tag.endsWith('/')) depth += 1;
    if (depth > MAX_DEPTH || count > MAX_ELEMENTS)
      throw new SamlRefused(
        `${what} has more than ${MAX_ELEMENTS} tags, or more than ${MAX_DEPTH} in each other.`,
      );
    if (attributes > MAX_ATTRIBUTES)
      throw new SamlRefused(`${what} has more than ${MAX_ATTRIBUTES} attributes.`);
  }
}

const ELEMENT = 1;

function* nodesOf(node: Node): Generator<Node> {
  for (let each = node.firstChild; each !== null && each !== undefined; each = each.nextSibling) yield each;
}

/** All elements below, and the one itself, in the order of the document. */
export function* elementsIn(element: Element): Generator<Element> {
  yield element;
  for (const each of nodesOf(element)) if (each.nodeType === ELEMENT) yield* elementsIn(each as Element);
}

/** Is it the element of this name, in this namespace? */
export const isNamed = (element: Element, space: string, name: string): boolean =>
  element.namespaceURI === space && element.localName === name;

/** The elements right below that have the name. */
export const children = (element: Element, space: string, name: string): Element[] =>
  [...nodesOf(element)].filter(
    (each): each is Element => each.nodeType === ELEMENT && isNamed(each as Element, space, name),
  );

/** The one element right below that has the name; undefined where there is none. @throws SamlRefused where there are several */
export function child(element: Element, space: string, name: string): Element | undefined {
  const [found, another] = children(element, space, name);
  if (another !== undefined) throw new SamlRefused(`${element.localName} has several ${name}.`);
  return found;
}

/** The one element right below that has the name. @throws SamlRefused */
export function onlyChild(element: Element, space: string, name: string): Element {
  const found = child(element, space, name);
  if (found === undefined) throw new SamlRefused(`${element.localName} has no ${name}.`);
  return found;
}

/** Has it no elements in it? */
export const isText = (element: Element): boolean =>
  [...nodesOf(element)].every(({ nodeType }) => nodeType !== ELEMENT);

/** The text of an element that has nothing else in it, without the white space around it. @throws SamlRefused */
export function textOf(element: Element): string {
  if (!isText(element)) throw new SamlRefused(`${element.localName} has elements where a text belongs.`);
  return (element.textContent ?? '').trim();
}

/** An attribute without a namespace; null where it is not there. */
export const attributeOf = (element: Element, name: string): string | null =>
  element.hasAttribute(name) ? element.getAttribute(name) : null;
