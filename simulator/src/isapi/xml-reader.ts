/** An element of a request: its children by local name. Attributes and namespaces are of no interest to a terminal. */
export interface XmlNode {
  [element: string]: XmlNode | string | (XmlNode | string)[];
}

const MAX_DEPTH = 32;
const NAME = String.raw`[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?`;
const ATTRIBUTES = String.raw`(?:\s+${NAME}\s*=\s*(?:"[^"<]*"|'[^'<]*'))*`;
/** Declaration, comment, CDATA, end tag, start tag; in this order in the groups below. */
const MARKUP = new RegExp(
  String.raw`<\?[^>]*\?>|<!--[^]*?-->|<!\[CDATA\[([^]*?)\]\]>|</(${NAME})\s*>|<(${NAME})${ATTRIBUTES}\s*(/?)>`,
  'y',
);
const TEXT = /[^<]+/y;
const ENTITY = /&(?:#\d{1,7};|#x[0-9a-fA-F]{1,6};|(?:lt|gt|amp|quot|apos);)|&/g;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const MAX_CODE_POINT = 0x10ffff;

interface Open {
  name: string;
  node: XmlNode;
  text: string;
}

/**
 * Reads an XML document into its one root element, by local names; null when it is not well-formed, deeper than any
 * terminal's documents, or brings a document type: there are no entities besides the five of XML.
 */
export function parseXml(source: string): XmlNode | null {
  const document: Open = { name: '', node: nodeOf(), text: '' };
  const open: Open[] = [document];
  for (let at = 0; at < source.length;) {
    const current = open.at(-1) ?? document;
    TEXT.lastIndex = at;
    const text = TEXT.exec(source);
    if (text) {
      const decoded = decode(text[0]);
      if (decoded === null) return null;
      current.text += decoded;
      at = TEXT.lastIndex;
      continue;
    }
    MARKUP.lastIndex = at;
    const markup = MARKUP.exec(source);
    if (!markup) return null;
    at = MARKUP.lastIndex;
    const [, cdata, endName, startName, empty] = markup;
    if (cdata !== undefined) current.text += cdata;
    else if (endName !== undefined) {
      if (open.length < 2 || current.name !== endName) return null;
      open.pop();
      add((open.at(-1) ?? document).node, endName, contentOf(current));
    } else if (startName !== undefined) {
      if (empty === '/') add(current.node, startName, '');
      else if (open.length > MAX_DEPTH) return null;
      else open.push({ name: startName, node: nodeOf(), text: '' });
    }
  }
  const isWhole = open.length === 1 && document.text.trim() === '' && Object.keys(document.node).length === 1;
  return isWhole ? document.node : null;
}

/** Without a prototype: an element may be called `constructor`. */
function nodeOf(): XmlNode {
  return Object.create(null) as XmlNode;
}

/** Elements win over text between them, which is white space in every document of a terminal. */
function contentOf(element: Open): XmlNode | string {
  return Object.keys(element.node).length > 0 ? element.node : element.text.trim();
}

function add(parent: XmlNode, name: string, content: XmlNode | string): void {
  const localName = name.slice(name.indexOf(':') + 1);
  const known = parent[localName];
  if (known === undefined) parent[localName] = content;
  else if (Array.isArray(known)) known.push(content);
  else parent[localName] = [known, content];
}

/** Null: an entity that is none of XML's own. */
function decode(text: string): string | null {
  const unknown = text.match(ENTITY)?.some((entity) => characterOf(entity) === null);
  return unknown === true ? null : text.replace(ENTITY, (entity) => characterOf(entity) ?? entity);
}

function characterOf(entity: string): string | null {
  const body = entity.slice(1, -1);
  if (!body.startsWith('#')) return NAMED[body] ?? null;
  const code = body.startsWith('#x') ? parseInt(body.slice(2), 16) : Number(body.slice(1));
  return code > 0 && code <= MAX_CODE_POINT ? String.fromCodePoint(code) : null;
}
