import { XMLParser } from 'fast-xml-parser';

/** A body by what it is, not by what its Content-Type says: K1T673 V3.18.0 labels XML as JSON. */
export type Body =
  | { kind: 'json'; value: unknown }
  /** `root` and all names below it without namespace prefix; attributes are keys that begin with `@`. */
  | { kind: 'xml'; root: string; value: unknown }
  | { kind: 'html' }
  | { kind: 'empty' }
  | { kind: 'unreadable' };

/** Deeper documents are no answer of a terminal, and would cost the reader's stack. */
const MAX_DEPTH = 64;

const xml = new XMLParser({
  removeNSPrefix: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // Every text stays a text: `0001` is a number of an employee.
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  trimValues: true,
});

/** Reads a body by its first byte: `{` or `[` is JSON, `<` is XML or HTML. Tolerates a byte order mark. Never throws. */
export function readBody(bytes: Buffer): Body {
  const text = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim();
  if (text === '') return { kind: 'empty' };
  if (text.startsWith('{') || text.startsWith('[')) return readJson(text);
  if (text.startsWith('<'))
    return /^<(!doctype\s+html|html)\b/i.test(text) ? { kind: 'html' } : readXml(text);
  return { kind: 'unreadable' };
}

function readJson(text: string): Body {
  try {
    return { kind: 'json', value: JSON.parse(text) as unknown };
  } catch {
    return { kind: 'unreadable' };
  }
}

function readXml(text: string): Body {
  const plain = withoutComments(text);
  // No terminal declares a document type; whoever does is after the parser.
  if (plain === null || /<!doctype/i.test(plain) || !isWellNested(plain)) return { kind: 'unreadable' };
  try {
    const document = xml.parse(plain) as Record<string, unknown>;
    const [entry, ...others] = Object.entries(document).filter(([name]) => !name.startsWith('#'));
    if (!entry || others.length > 0) return { kind: 'unreadable' };
    const [root, value] = entry;
    return root.toLowerCase() === 'html' ? { kind: 'html' } : { kind: 'xml', root, value };
  } catch {
    return { kind: 'unreadable' };
  }
}

function withoutComments(text: string): string | null {
  const [head = '', ...rest] = text.split('<!--');
  const tails = rest.map((part) => {
    const end = part.indexOf('-->');
    return end < 0 ? null : part.slice(end + '-->'.length);
  });
  return tails.includes(null) ? null : head + tails.join('');
}

/** Every element closed by its own name: the parser itself would close what a truncated document left open. */
function isWellNested(text: string): boolean {
  const open: string[] = [];
  for (const [tag, closing, name = ''] of text.matchAll(/<(\/?)([A-Za-z_][\w:.-]*)(?=[\s/>])[^<>]*>/g)) {
    if (closing) {
      if (open.pop() !== name) return false;
    } else if (!tag.endsWith('/>')) open.push(name);
    if (open.length > MAX_DEPTH) return false;
  }
  return open.length === 0 && text.endsWith('>');
}
