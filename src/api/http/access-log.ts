import {
  Injectable,
  SetMetadata,
  type CallHandler,
  type CustomDecorator,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { recordRead, type ReadWhat } from '../../commands/audit/access.js';
import { readsByOffice } from '../../queries/request/access.js';
import { principalOf } from './access.js';
import type { ApiRequest } from './request.js';

/** recorded only of who has no part in the request */
const OF_REQUESTS: readonly ReadWhat[] = ['REQUEST', 'ATTACHMENT'];
const RECORDED = 'sealflow:recorded';

interface Recorded {
  what: ReadWhat;
  /** the parameter of path or query that names what is read */
  param: string | null;
}

/** This read is recorded on the reader's access chain before it happens; of a request and its files only who has no part in it. */
export function RecordsRead(what: ReadWhat, param: string | null = 'id'): CustomDecorator {
  return SetMetadata(RECORDED, { what, param } satisfies Recorded);
}

/** AE-AUD-1, at the one place every read passes: without its record there is no read. */
@Injectable()
export class AccessLog implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly db: DataSource,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const recorded = this.reflector.get<Recorded | undefined>(RECORDED, context.getHandler());
    if (recorded) await this.record(context, recorded);
    return next.handle();
  }

  private async record(context: ExecutionContext, { what, param }: Recorded): Promise<void> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const named: unknown = param === null ? null : (request.params[param] ?? request.query[param]);
    // what is no id is refused by the route itself
    if (param !== null && !isUuid(named)) return;
    const targetId = named as string | null;
    const { personId, viewer } = principalOf(context);
    if (OF_REQUESTS.includes(what) && !(await readsByOffice(this.db, viewer, targetId!))) return;
    await recordRead(this.db, { personId, what, targetId, correlationId: request.requestId });
  }
}
