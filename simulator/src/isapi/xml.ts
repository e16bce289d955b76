import type { Traits } from '../profiles/traits.ts';

/** Element names to their content; a list repeats the element, undefined leaves it out. */
export interface XmlTree {
  [element: string]: XmlValue | readonly XmlValue[] | undefined;
}

type XmlValue = string | number | boolean | XmlTree;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escapeXml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}

/**
 * An XML document as terminals write it: one element per line, version and namespace of the model on the root.
 * A key that begins with `@` is an attribute of its element, `#text` its text.
 */
export function xmlDocument(
  traits: Pick<Traits, 'xmlVersion' | 'xmlNamespace'>,
  root: string,
  tree: XmlTree,
): string {
  const attributes = { '@version': traits.xmlVersion, '@xmlns': traits.xmlNamespace };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, { ...attributes, ...tree })}`;
}

function isList(value: XmlValue | readonly XmlValue[]): value is readonly XmlValue[] {
  return Array.isArray(value);
}

function element(name: string, value: XmlValue): string {
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>\n`;
  let attributes = '';
  let children = '';
  let text = '';
  for (const [key, child] of Object.entries(value)) {
    if (child === undefined) continue;
    if (isList(child)) for (const item of child) children += element(key, item);
    else if (typeof child === 'object') children += element(key, child);
    else if (key.startsWith('@')) attributes += ` ${key.slice(1)}="${escapeXml(String(child))}"`;
    else if (key === '#text') text = escapeXml(String(child));
    else children += element(key, child);
  }
  return children === ''
    ? `<${name}${attributes}>${text}</${name}>\n`
    : `<${name}${attributes}>\n${children}</${name}>\n`;
}
