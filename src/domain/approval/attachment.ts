import { DomainError, type FieldError } from '../errors.js';
import { isNamedAs } from './media-type.js';
import type { AttachmentRef } from './model.js';
import type { AttachmentRule } from './policy.js';
import { isLive, isTerminal } from './seats.js';
import type { Transition } from './transition.js';

/** What may be attached where a policy says nothing else: a scan, a picture, an office document, plain text. */
export const ATTACHMENT_RULE: AttachmentRule = {
  maxBytes: 10_485_760,
  maxFiles: 50,
  mediaTypes: [
    'application/pdf',
    'image/png',
    'image/jpeg',
    'text/plain',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
};

/** What is known of a file that was sent. */
export interface SentFile {
  name: string;
  mediaType: string | null;
  size: number;
}

/** @throws DomainError BODY_TOO_LARGE · ATTACHMENT_TYPE · ATTACHMENT_LIMIT */
export function mustSuitRule(rule: AttachmentRule, file: SentFile, count: number): void {
  const { maxBytes } = rule;
  if (file.size > maxBytes)
    throw new DomainError('BODY_TOO_LARGE', { maxBytes }, [wrong('TOO_LARGE', `at most ${maxBytes} bytes`)]);
  mustBeOfType(rule.mediaTypes, file);
  if (count >= rule.maxFiles) throw new DomainError('ATTACHMENT_LIMIT', { maxFiles: rule.maxFiles });
}

/** One of the kinds accepted, by its bytes, under a name that does not say another. @throws DomainError ATTACHMENT_TYPE */
export function mustBeOfType(
  allowed: readonly string[],
  { name, mediaType }: Pick<SentFile, 'name' | 'mediaType'>,
): void {
  const details = { mediaType, allowed };
  if (mediaType === null || !allowed.includes(mediaType))
    throw new DomainError('ATTACHMENT_TYPE', details, [wrong('TYPE', `one of ${allowed.join(', ')}`)]);
  if (!isNamedAs(name, mediaType))
    throw new DomainError('ATTACHMENT_TYPE', details, [
      wrong('NAME', `its name ends as that of ${mediaType}`),
    ]);
}

function wrong(code: string, rule: string): FieldError {
  return { pointer: '/file', code, rule };
}

/**
 * The initiator and whoever owes an answer put files to a request; what was put there stays, its digest is in the event.
 * @throws DomainError REQUEST_CLOSED · NOT_HOLDER
 */
export function attach(transition: Transition, attachment: AttachmentRef): void {
  const { state, context } = transition;
  if (isTerminal(state.state)) throw new DomainError('REQUEST_CLOSED', { requestState: state.state });
  const { id } = context.actor;
  const owes = state.seats.some((seat) => isLive(seat) && seat.holderId === id);
  if (!owes && state.initiatorId !== id) throw new DomainError('NOT_HOLDER');
  transition.emit({ type: 'attachment.added', attachment, at: context.now });
}
