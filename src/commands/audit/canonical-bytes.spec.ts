import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, type Json } from '../../domain/json.js';
import { CanonicalBytes } from './canonical-bytes.js';

const writer = new CanonicalBytes();

function canonical(text: string): string {
  const source = Buffer.from(`..${text}..`);
  writer.start();
  writer.json(source, 2, source.length - 2);
  return writer.bytes().toString('utf8');
}

describe('canonical JSON of JSON text as Postgres sends it', () => {
  it.each([
    ['{"b": 1, "aa": 2, "a": 3}', '{"a":3,"aa":2,"b":1}'],
    ['{"z": {"b": [1, {"y": 1, "x": 2}], "a": {}}, "c": []}', '{"c":[],"z":{"a":{},"b":[1,{"x":2,"y":1}]}}'],
    [
      '[1.50, -0, 0.0000001, 1000000000000000000000, 12345678901234567890]',
      '[1.5,0,1e-7,1e+21,12345678901234567000]',
    ],
    [
      '["\\u0001 \\" \\\\ \\n /", "特价", null, true, false]',
      '["\\u0001 \\" \\\\ \\n /","特价",null,true,false]',
    ],
    ['{"\\n": 1, "\\"": 2, "€": 3, "😀": 4, "\uFB33": 5}', '{"\\n":1,"\\"":2,"€":3,"😀":4,"\uFB33":5}'],
    ['"only text"', '"only text"'],
  ])('%s', (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(text)).toBe(expected);
  });

  it('is what the writer hashes, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(canonical(JSON.stringify(value, null, 1).replaceAll('\n', ' '))).toBe(
          canonicalJson(value as Json),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells objects apart whose keys look alike at a glance', () => {
    expect(canonical('[{"axb": 1, "ayb": 2}, {"ayb": 1, "axb": 2}]')).toBe(
      '[{"axb":1,"ayb":2},{"axb":2,"ayb":1}]',
    );
  });

  it('reaches as deep and as long as an event may be', () => {
    const deep = `${'['.repeat(500)}${']'.repeat(500)}`;
    expect(canonical(deep)).toBe(deep);
    const long = JSON.stringify({
      text: 'x'.repeat(300_000),
      numbers: Array.from({ length: 20_000 }, (_, n) => n),
    });
    expect(canonical(long)).toBe(canonicalJson(JSON.parse(long) as Json));
  });

  it.each(['{"a" 1}', '{a: 1}', '["a]', '[1', '1 2', ''])('refuses %j', (text) => {
    expect(() => canonical(text)).toThrow(SyntaxError);
  });

  it('writes text, hex and ids as JSON does', () => {
    const source = Buffer.from('a"b\n特', 'utf8');
    writer.start();
    writer.text(source, 0, source.length);
    writer.hex(Buffer.from([0, 255, 16]), 0, 3);
    writer.uuid(Buffer.from('0123456789abcdef0123456789abcdef', 'hex'), 0);
    expect(writer.bytes().toString()).toBe('a\\"b\\n特00ff1001234567-89ab-cdef-0123-456789abcdef');
  });
});
