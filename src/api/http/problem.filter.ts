import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError } from '../../domain/errors.js';
import { createLogger } from '../../log.js';
import { asDomainError, problemOf } from './problem.js';
import type { ApiRequest } from './request.js';

/** Every refusal and every failure leaves as problem+json; the unexpected is logged once, here, and told to nobody. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = createLogger('api');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<ApiRequest>(), http.getResponse<Response>());
  }

  answer(error: unknown, request: ApiRequest, response: Response): void {
    const known = asDomainError(error);
    if (!known) this.log.error({ err: error, correlationId: request.requestId }, 'unexpected error');
    const refusal = conditional(known ?? new DomainError('INTERNAL'), request);
    const problem = problemOf(refusal, request.requestId);
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const retryAfter = refusal.details['retryAfterSeconds'];
    if (typeof retryAfter === 'number') response.setHeader('Retry-After', String(Math.ceil(retryAfter)));
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="sealflow"');
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** Edits are conditional requests: a version that moved on is a failed precondition (RFC 9110 §13.1.1). */
function conditional(error: DomainError, request: ApiRequest): DomainError {
  return error.code === 'STALE_VERSION' && request.headers['if-match'] !== undefined
    ? new DomainError('VERSION_MISMATCH', error.details, error.fields)
    : error;
}
