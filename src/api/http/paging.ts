import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Json } from '../../domain/json.js';
import { canonicalJson } from '../../domain/json.js';
import { DomainError } from '../../domain/errors.js';
import type { Slice, Sliced } from '../../queries/page.js';
import type { PageQuery } from './paging.dto.js';
import { ApiSettings } from './settings.js';

const DEFAULT_LIMIT = 25;
const MAC_BYTES = 16;

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** Opaque signed cursors. One belongs to its list, filter and sort; another filter's cursor is refused, not answered with wrong rows. */
@Injectable()
export class Paging {
  private readonly key: Buffer;

  constructor(settings: ApiSettings) {
    this.key = createHash('sha256').update(`cursor:${settings.options.secret}`).digest();
  }

  /** Reads one page of `list`: everything in `query` but cursor and limit is the filter the cursor is bound to. */
  async read<T>(
    list: string,
    query: PageQuery,
    rows: (slice: Slice) => Promise<Sliced<T>>,
  ): Promise<Page<T>> {
    const binding = bindingOf(list, query);
    const after = query.cursor === undefined ? null : this.open(query.cursor, binding);
    const { items, next } = await rows({
      limit: query.limit ?? DEFAULT_LIMIT,
      after,
    });
    return { items, nextCursor: next ? this.seal(next, binding) : null };
  }

  /** Where a page of `list` goes on that was read in another way: the cursor for the same filter. */
  cursorOf(list: string, query: PageQuery, next: readonly string[] | null): string | null {
    return next ? this.seal(next, bindingOf(list, query)) : null;
  }

  seal(position: readonly string[], binding: string): string {
    const body = Buffer.from(JSON.stringify(position));
    return Buffer.concat([this.mac(body, binding), body]).toString('base64url');
  }

  /** @throws DomainError CURSOR_INVALID forged, cut, or of another list or filter */
  open(cursor: string, binding: string): string[] {
    const bytes = Buffer.from(cursor, 'base64url');
    const body = bytes.subarray(MAC_BYTES);
    const mac = bytes.subarray(0, MAC_BYTES);
    if (mac.length !== MAC_BYTES || !timingSafeEqual(mac, this.mac(body, binding)))
      throw new DomainError('CURSOR_INVALID');
    return JSON.parse(body.toString()) as string[];
  }

  private mac(body: Buffer, binding: string): Buffer {
    return createHmac('sha256', this.key)
      .update(binding)
      .update('\0')
      .update(body)
      .digest()
      .subarray(0, MAC_BYTES);
  }
}

function bindingOf(list: string, query: PageQuery): string {
  const filter = Object.entries(query).filter(
    ([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined,
  );
  return canonicalJson([list, Object.fromEntries(filter) as Record<string, Json>]);
}
