import type { Request } from 'express';
import type { Viewer } from '../../queries/org/scope.js';

/** Who the guard found behind the request. Rights were read for this request. */
export interface Principal {
  personId: string;
  /** the session or personal token used; null for an OIDC token */
  sessionId: string | null;
  /** ISO instant at which they last proved who they are; null: nobody knows */
  authenticatedAt: string | null;
  roles: readonly string[];
  permissions: readonly string[];
  viewer: Viewer;
}

export interface ApiRequest extends Request {
  /** X-Request-Id of the caller, or one of our own; goes into logs, events and workflows */
  requestId: string;
  principal?: Principal;
  /** of calls that are verified byte by byte before anything is read of them */
  rawBody?: Buffer;
}
