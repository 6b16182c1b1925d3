import type { QueryRunner } from 'typeorm';

/** What of a pg connection and of its protocol is used: https://node-postgres.com/apis/client, "Submittable". */
interface Connection {
  query(submittable: CopyOut): unknown;
}
interface Wire {
  query(text: string): void;
}

/**
 * Streams `COPY (<select>) TO STDOUT (FORMAT binary)` through `onRow`, one row at a time, keeping none: a third of the
 * cost of rows as objects. The row is the caller's until `onRow` returns. What `onRow` throws is thrown when the stream ends.
 */
export async function copyOut(
  runner: QueryRunner,
  select: string,
  onRow: (row: BinaryRow) => void,
): Promise<void> {
  const connection = (await runner.connect()) as Connection;
  await new Promise<void>((resolve, reject) => {
    connection.query(
      new CopyOut(`COPY (${select}) TO STDOUT (FORMAT binary)`, onRow, (error) =>
        error ? reject(error) : resolve(),
      ),
    );
  });
}

/** One row's fields where they lie in the message. */
export class BinaryRow {
  bytes: Buffer = Buffer.alloc(0);
  /** first byte of each field */
  readonly from: number[] = [];
  /** byte after each field; less than `from` for NULL */
  readonly to: number[] = [];

  isNull(field: number): boolean {
    return this.to[field]! < this.from[field]!;
  }

  int64(field: number): number {
    const from = this.from[field]!;
    return this.bytes.readInt32BE(from) * 2 ** 32 + this.bytes.readUInt32BE(from + 4);
  }

  text(field: number): string {
    return this.bytes.toString('utf8', this.from[field], this.to[field]);
  }

  hex(field: number): string {
    return this.bytes.toString('hex', this.from[field], this.to[field]);
  }

  /** Reads the tuple at `at`; false at the trailer. */
  read(bytes: Buffer, at: number): boolean {
    this.bytes = bytes;
    const fields = bytes.readInt16BE(at);
    let next = at + 2;
    for (let field = 0; field < fields; field += 1) {
      const length = bytes.readInt32BE(next);
      next += 4;
      this.from[field] = next;
      this.to[field] = next + length;
      next += Math.max(0, length);
    }
    return fields > 0;
  }
}

/** Signature, flags and an empty extension, in front of the first tuple. */
const HEADER_BYTES = 19;

class CopyOut {
  private readonly row = new BinaryRow();
  private isFirst = true;
  private failure: Error | null = null;

  constructor(
    private readonly sql: string,
    private readonly onRow: (row: BinaryRow) => void,
    private readonly done: (error: Error | null) => void,
  ) {}

  submit(wire: Wire): void {
    wire.query(this.sql);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    const at = this.isFirst ? HEADER_BYTES : 0;
    this.isFirst = false;
    if (this.failure) return;
    try {
      if (this.row.read(chunk, at)) this.onRow(this.row);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(String(error));
    }
  }

  handleCommandComplete(): void {
    // the connection says itself when it is ready
  }

  handleError(error: Error): void {
    this.done(error);
  }

  handleReadyForQuery(): void {
    this.done(this.failure);
  }
}
