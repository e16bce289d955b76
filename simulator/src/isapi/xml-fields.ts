import { Refusal } from './refusal.ts';
import { parseXml, type XmlNode } from './xml-reader.ts';

/** Configuration documents are small; a bigger one is not parsed at all. */
const MAX_XML_BYTES = 256 * 1024;
const MAX_TEXT_LENGTH = 4096;

/**
 * The root element of an XML body, in any namespace. What is not well-formed is badXmlFormat, another root
 * badXmlContent.
 */
export function readXml(body: Buffer, rootName: string): XmlNode {
  if (body.length > MAX_XML_BYTES) throw new Refusal('badXmlFormat');
  const document = parseXml(body.toString('utf8').replace(/^\uFEFF/, ''));
  if (document === null) throw new Refusal('badXmlFormat');
  const root = own(document, rootName);
  if (root === '') return {};
  if (typeof root !== 'object' || Array.isArray(root)) throw new Refusal('badXmlContent');
  return root;
}

function own(node: XmlNode, name: string): XmlNode[string] | undefined {
  return Object.hasOwn(node, name) ? node[name] : undefined;
}

function wrong(name: string): Refusal {
  return new Refusal('badXmlContent', name);
}

function present<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Refusal('MessageParametersLack', name);
  return value;
}

/** All child elements of a name; an empty one has no children. */
export function children(node: XmlNode, name: string): XmlNode[] {
  const value = own(node, name);
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => (typeof item === 'string' ? {} : item));
}

/** The first child element of a name; undefined when it is not there. */
export function child(node: XmlNode, name: string): XmlNode | undefined {
  return children(node, name)[0];
}

/** The text of an element; undefined when it is not there. Elements instead of text are badXmlContent. */
export function optionalText(node: XmlNode, name: string, maxLength = MAX_TEXT_LENGTH): string | undefined {
  const value = own(node, name);
  const first = Array.isArray(value) ? value[0] : value;
  if (first === undefined) return undefined;
  if (typeof first !== 'string' || first.length > maxLength) throw wrong(name);
  return first;
}

/** A missing element is MessageParametersLack naming it. So for all below. */
export function requireText(node: XmlNode, name: string, maxLength = MAX_TEXT_LENGTH): string {
  return present(optionalText(node, name, maxLength), name);
}

/** A whole number from `min` to `max`; others are badXmlContent. */
export function optionalNumber(node: XmlNode, name: string, min: number, max: number): number | undefined {
  const text = optionalText(node, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (!(value >= min && value <= max)) throw wrong(name);
  return value;
}

export function requireNumber(node: XmlNode, name: string, min: number, max: number): number {
  return present(optionalNumber(node, name, min, max), name);
}

export function optionalFlag(node: XmlNode, name: string): boolean | undefined {
  const text = optionalChoice(node, name, ['true', 'false']);
  return text === undefined ? undefined : text === 'true';
}

export function requireFlag(node: XmlNode, name: string): boolean {
  return present(optionalFlag(node, name), name);
}

/** One of the given texts; others are badXmlContent. */
export function optionalChoice<Choice extends string>(
  node: XmlNode,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = optionalText(node, name);
  if (text === undefined) return undefined;
  const choice = choices.find((known) => known === text);
  if (choice === undefined) throw wrong(name);
  return choice;
}

export function requireChoice<Choice extends string>(
  node: XmlNode,
  name: string,
  choices: readonly Choice[],
): Choice {
  return present(optionalChoice(node, name, choices), name);
}
