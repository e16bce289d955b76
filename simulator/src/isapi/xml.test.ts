import { describe, expect, it } from 'vitest';
import { xmlDocument } from './xml.ts';

const v2 = { xmlVersion: '2.0', xmlNamespace: 'http://www.isapi.org/ver20/XMLSchema' } as const;

describe('xmlDocument', () => {
  it('writes one element per line, nested, repeated, with attributes, and leaves out what is undefined', () => {
    const tree = {
      id: 1,
      on: true,
      empty: '',
      gone: undefined,
      List: { Item: [{ '@opt': 'a,b', '#text': 'x' }, 'y'] },
    };
    expect(xmlDocument(v2, 'Root', tree)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<Root version="2.0" xmlns="http://www.isapi.org/ver20/XMLSchema">\n' +
        '<id>1</id>\n<on>true</on>\n<empty></empty>\n' +
        '<List>\n<Item opt="a,b">x</Item>\n<Item>y</Item>\n</List>\n</Root>\n',
    );
  });

  it('escapes text and attributes', () => {
    expect(xmlDocument(v2, 'Root', { a: '<&>', b: { '@x': '"' } })).toContain(
      '<a>&lt;&amp;&gt;</a>\n<b x="&quot;"></b>',
    );
  });
});
