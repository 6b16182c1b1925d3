import type { ProblemTexts } from './text.js';

/** What the edge refuses before a rule of sales or approval is asked: form, identity, versions, load. */
export const EDGE_PROBLEMS = {
  VALIDATION: {
    title: 'The input is not valid',
    detail: 'At least one field breaks its rule; correct the fields named in `errors` and send it again.',
  },
  MALFORMED_BODY: {
    title: 'The body cannot be read',
    detail: 'The body is not JSON of the documented form; correct it and send it again.',
  },
  CURSOR_INVALID: {
    title: 'The cursor does not fit',
    detail: 'A cursor is good only for the list and filters it came from; load the list from its beginning.',
  },
  IDEMPOTENCY_KEY_REQUIRED: {
    title: 'Idempotency-Key is missing',
    detail:
      'Every write carries an `Idempotency-Key` header; send one key per intent and the same one with a repeat.',
  },
  KEY_REUSED: {
    title: 'The key belongs to another request',
    detail:
      'An `Idempotency-Key` stands for one content; send the same content, or a new key for a new intent.',
  },
  IF_MATCH_REQUIRED: {
    title: 'If-Match is missing',
    detail: 'An edit names the version it starts from; send the `ETag` you read as `If-Match`.',
  },
  VERSION_MISMATCH: {
    title: 'Somebody else changed it',
    detail:
      'The record has a newer version than the one in `If-Match`; read it again and repeat the edit on it.',
  },
  UNAUTHENTICATED: {
    title: 'Not signed in',
    detail: 'No valid session or token came with the request; sign in and send it again.',
  },
  BAD_CREDENTIALS: {
    title: 'User name or password is wrong',
    detail: 'The pair does not belong to an account that may sign in; check both and try again.',
  },
  PASSWORD_WRONG: {
    title: 'The password is wrong',
    detail: 'The act asks for your password again and this is not it; enter the one you sign in with.',
  },
  STEP_UP_UNAVAILABLE: {
    title: 'No password to ask for',
    detail:
      'Your account signs in elsewhere and has no password here; sign in there again and repeat the act.',
  },
  FORBIDDEN: {
    title: 'Not allowed',
    detail: 'Your roles do not include this; ask an administrator if you need it.',
  },
  CSRF: {
    title: 'The origin is not trusted',
    detail: 'A write with a session cookie comes from the console itself; reload the page, or use a token.',
  },
  NOT_FOUND: {
    title: 'Not found',
    detail: 'There is no such thing, or you may not see it; check the address.',
  },
  METHOD_NOT_ALLOWED: {
    title: 'The address does not take this method',
    detail: 'The resource is there and has no such method; see the API description for those it has.',
  },
  BODY_TOO_LARGE: {
    title: 'Too large',
    detail: 'The body or file is larger than what is accepted here; send less, or in parts.',
  },
  FILE_UNSAFE: {
    title: 'The file is not kept',
    detail:
      'It would unpack to far more than a document does; `errors` names what it exceeds. Export it anew and send that.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    title: 'This kind of content is not accepted',
    detail: 'The content type is not one this address takes; see the API description.',
  },
  TOO_MANY_REQUESTS: {
    title: 'Too many attempts',
    detail: 'The limit of attempts for this time is reached; wait for `Retry-After` and try again.',
  },
  COMMAND_BUSY: {
    title: 'The record is being worked on',
    detail: 'Another command holds the record; send the same request again after `Retry-After`.',
  },
  UNAVAILABLE: {
    title: 'Not available just now',
    detail: 'A part the service needs cannot be reached; send the same request again after `Retry-After`.',
  },
  INTERNAL: {
    title: 'The server failed',
    detail:
      'Nobody expected this failure, and nothing was kept; try again, and give `requestId` to operations if it stays.',
  },
} satisfies ProblemTexts;
