/**
 * Canonical JSON (RFC 8785) of JSON text as Postgres sends it, from bytes to bytes: what the verifier hashes. A second
 * implementation beside the writer's and a check on it, without a string or an object per value, so that a million
 * events are cheap. Numbers and the order of an object's keys are computed by the rules; that order is remembered.
 */
export class CanonicalBytes {
  private out: Buffer = Buffer.allocUnsafe(1 << 16);
  private length = 0;
  private source: Uint8Array = Buffer.alloc(0);
  private at = 0;
  private limit = 0;
  /** values of the text, STRIDE numbers each */
  private nodes = new Int32Array(1 << 14);
  private used = 0;
  private members = new Int32Array(1 << 10);
  private membersUsed = 0;
  private shapes = new Map<number, Shape[]>();

  start(): void {
    this.length = 0;
  }

  /** Everything since `start`; valid until the next `start`. */
  bytes(): Buffer {
    return this.out.subarray(0, this.length);
  }

  raw(bytes: Uint8Array): void {
    this.span(bytes, 0, bytes.length);
  }

  hex(source: Uint8Array, from: number, to: number): void {
    this.reserve((to - from) * 2);
    for (let i = from; i < to; i += 1) {
      this.out[this.length] = HEX[source[i]! >> 4]!;
      this.out[this.length + 1] = HEX[source[i]! & 15]!;
      this.length += 2;
    }
  }

  /** The sixteen bytes of a UUID in its usual text. */
  uuid(source: Uint8Array, from: number): void {
    let start = from;
    for (const size of UUID_GROUPS) {
      if (start > from) this.byte(DASH);
      this.hex(source, start, start + size);
      start += size;
    }
  }

  /** UTF-8 text as a JSON string, without its quotes. */
  text(source: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i += 1) {
      const byte = source[i]!;
      if (byte < SPACE || byte === QUOTE || byte === BACKSLASH) {
        const escaped = JSON.stringify(Buffer.from(source.subarray(from, to)).toString('utf8'));
        this.raw(Buffer.from(escaped.slice(1, -1), 'utf8'));
        return;
      }
    }
    this.span(source, from, to);
  }

  /** @throws SyntaxError the bytes are no JSON */
  json(source: Uint8Array, from: number, to: number): void {
    this.source = source;
    this.at = from;
    this.limit = to;
    this.used = 0;
    const root = this.node();
    this.read(root);
    if (this.at !== to) throw new SyntaxError(`JSON ends at ${this.at - from} of ${to - from}`);
    this.write(root);
  }

  private node(): number {
    const node = this.used * STRIDE;
    this.used += 1;
    if (this.used * STRIDE > this.nodes.length) {
      const grown = new Int32Array(this.nodes.length * 2);
      grown.set(this.nodes);
      this.nodes = grown;
    }
    return node;
  }

  private read(node: number): void {
    const start = this.at;
    const first = this.source[start];
    this.nodes[node + KIND] = first ?? 0;
    this.nodes[node + START] = start;
    if (first === BRACE) this.readItems(node, BRACE_END);
    else if (first === BRACKET) this.readItems(node, BRACKET_END);
    else if (first === QUOTE) this.skipString();
    else this.skipWord();
    this.nodes[node + END] = this.at;
  }

  private readItems(node: number, end: number): void {
    this.at += 1;
    let count = 0;
    let last = -1;
    let hash = 0;
    this.skipSpace();
    while (this.source[this.at] !== end) {
      if (count > 0) this.skipTo(COMMA);
      const item = this.node();
      if (end === BRACE_END) hash = Math.imul(hash, 31) + this.readKey(item);
      this.read(item);
      if (last === -1) this.nodes[node + FIRST] = item;
      else this.nodes[last + NEXT] = item;
      last = item;
      count += 1;
      this.skipSpace();
    }
    this.at += 1;
    this.nodes[node + COUNT] = count;
    this.nodes[node + HASH] = hash;
  }

  /** @returns a number by which keys are told apart at a glance */
  private readKey(item: number): number {
    const { source, at: start } = this;
    if (source[start] !== QUOTE) throw new SyntaxError(`a key is missing at ${start}`);
    this.skipString();
    const end = this.at;
    this.nodes[item + KEY] = start;
    this.nodes[item + KEY_END] = end;
    this.skipTo(COLON);
    return (end - start) | (source[start + 1]! << 8) | (source[end - 2]! << 16);
  }

  private skipSpace(): void {
    while (this.source[this.at] === SPACE) this.at += 1;
  }

  private skipTo(mark: number): void {
    this.skipSpace();
    if (this.source[this.at] !== mark) throw new SyntaxError(`JSON breaks at ${this.at}`);
    this.at += 1;
    this.skipSpace();
  }

  private skipString(): void {
    const { source } = this;
    for (let i = this.at + 1; i < this.limit; i += 1) {
      const byte = source[i]!;
      if (byte === BACKSLASH) i += 1;
      else if (byte === QUOTE) {
        this.at = i + 1;
        return;
      }
    }
    throw new SyntaxError(`a string has no end`);
  }

  private skipWord(): void {
    const { source, at: start } = this;
    let end = start;
    while (end < this.limit && WORD[source[end]!] === 1) end += 1;
    this.at = end;
    if (end <= start) throw new SyntaxError(`a value is missing at ${start}`);
  }

  private write(node: number): void {
    const kind = this.nodes[node + KIND]!;
    const start = this.nodes[node + START]!;
    const end = this.nodes[node + END]!;
    if (kind === BRACE) this.writeObject(node);
    else if (kind === BRACKET) this.writeArray(node);
    else if (kind === MINUS || (kind >= ZERO && kind <= NINE)) this.writeNumber(start, end);
    else this.span(this.source, start, end);
  }

  private writeArray(node: number): void {
    this.byte(BRACKET);
    const count = this.nodes[node + COUNT]!;
    for (let i = 0, item = this.nodes[node + FIRST]!; i < count; i += 1, item = this.nodes[item + NEXT]!) {
      if (i > 0) this.byte(COMMA);
      this.write(item);
    }
    this.byte(BRACKET_END);
  }

  private writeObject(node: number): void {
    const count = this.nodes[node + COUNT]!;
    const base = this.membersUsed;
    this.membersUsed += count;
    while (this.membersUsed > this.members.length) {
      const grown = new Int32Array(this.members.length * 2);
      grown.set(this.members);
      this.members = grown;
    }
    for (let i = 0, item = this.nodes[node + FIRST]!; i < count; i += 1, item = this.nodes[item + NEXT]!)
      this.members[base + i] = item;
    const { order } = this.shapeOf(node, base, count);
    this.byte(BRACE);
    for (let i = 0; i < count; i += 1) {
      const item = this.members[base + order[i]!]!;
      if (i > 0) this.byte(COMMA);
      this.span(this.source, this.nodes[item + KEY]!, this.nodes[item + KEY_END]!);
      this.byte(COLON);
      this.write(item);
    }
    this.byte(BRACE_END);
    this.membersUsed = base;
  }

  /** Postgres wrote it exactly; JSON knows doubles only, in the one spelling of ECMAScript. */
  private writeNumber(start: number, end: number): void {
    let plain = end - start <= SAFE_DIGITS;
    for (let i = start; plain && i < end; i += 1) plain = this.source[i]! >= ZERO && this.source[i]! <= NINE;
    if (plain) this.span(this.source, start, end);
    else
      this.raw(Buffer.from(String(Number(Buffer.from(this.source.subarray(start, end)).toString('latin1')))));
  }

  private shapeOf(node: number, base: number, count: number): Shape {
    const hash = this.nodes[node + HASH]!;
    const known = this.shapes.get(hash) ?? [];
    for (const shape of known) if (this.hasShape(shape, base, count)) return shape;
    if (this.shapes.size >= MAX_SHAPES) this.shapes.clear();
    const keys: Uint8Array[] = [];
    for (let i = 0; i < count; i += 1) {
      const item = this.members[base + i]!;
      keys.push(Uint8Array.from(this.source.subarray(this.nodes[item + KEY]!, this.nodes[item + KEY_END]!)));
    }
    const names = keys.map((key) => JSON.parse(Buffer.from(key).toString('utf8')) as string);
    // RFC 8785 §3.2.3: by UTF-16 code units, as `<` compares strings
    const order = names.map((_, index) => index).sort((a, b) => (names[a]! < names[b]! ? -1 : 1));
    const shape = { keys, order: Int32Array.from(order) };
    this.shapes.set(hash, [...known, shape]);
    return shape;
  }

  private hasShape({ keys }: Shape, base: number, count: number): boolean {
    if (keys.length !== count) return false;
    const { source } = this;
    for (let i = 0; i < count; i += 1) {
      const key = keys[i]!;
      const item = this.members[base + i]!;
      const start = this.nodes[item + KEY]!;
      if (key.length !== this.nodes[item + KEY_END]! - start) return false;
      for (let j = 0; j < key.length; j += 1) if (key[j] !== source[start + j]) return false;
    }
    return true;
  }

  private byte(value: number): void {
    this.reserve(1);
    this.out[this.length] = value;
    this.length += 1;
  }

  private span(source: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    const { out, length } = this;
    if (to - from > LONG) out.set(source.subarray(from, to), length);
    else for (let i = from, j = length; i < to; i += 1, j += 1) out[j] = source[i]!;
    this.length = length + to - from;
  }

  private reserve(bytes: number): void {
    if (this.length + bytes <= this.out.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.out.length * 2, this.length + bytes));
    grown.set(this.bytes());
    this.out = grown;
  }
}

interface Shape {
  /** with their quotes, in the order of the source */
  keys: Uint8Array[];
  order: Int32Array;
}

const [KIND, START, END, KEY, KEY_END, FIRST, NEXT, COUNT, HASH, STRIDE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
] as const;
const [SPACE, QUOTE, COMMA, MINUS, ZERO, NINE, COLON] = [0x20, 0x22, 0x2c, 0x2d, 0x30, 0x39, 0x3a] as const;
const [BRACKET, BACKSLASH, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5c, 0x5d, 0x7b, 0x7d] as const;
const DASH = MINUS;
const HEX = Buffer.from('0123456789abcdef');
const UUID_GROUPS = [4, 2, 2, 2, 6] as const;
const WORD = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[-+.0-9a-zA-Z]/.test(String.fromCharCode(byte)) ? 1 : 0,
);
/** integers up to so many digits are doubles that print as they are */
const SAFE_DIGITS = 15;
/** longer pieces are copied by the engine, shorter ones byte by byte: each is the faster one there */
const LONG = 48;
/** memory, not meaning: forgotten and computed again */
const MAX_SHAPES = 10_000;
