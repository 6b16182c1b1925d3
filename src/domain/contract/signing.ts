import { oneLine } from '../document/document.js';
import type { FieldError } from '../errors.js';

/** Who collects signatures: this system on a page of its own, or e签宝. */
export const SIGNING_PROVIDERS = ['LOCAL', 'ESIGN'] as const;
export type SigningProvider = (typeof SIGNING_PROVIDERS)[number];

/**
 * OPENING: not with the provider yet · PENDING: the signers are asked · DIFFERS: what came back signed is not what was sent ·
 * FAILED: the provider does not take it · CANCELLED: taken back, or its reason is gone.
 */
export const SIGNING_STATES = [
  'OPENING',
  'PENDING',
  'SIGNED',
  'DECLINED',
  'EXPIRED',
  'CANCELLED',
  'DIFFERS',
  'FAILED',
] as const;
export type SigningState = (typeof SIGNING_STATES)[number];

/** Why a flow ended other than by its signers. */
export type SigningCause =
  'CONTRACT_MOVED_ON' | 'CUSTOMER_BLOCKED' | 'REVOKED' | 'BY_HAND' | 'SIGNED_DIFFERENTLY' | 'REFUSED';

export interface Signer {
  no: number;
  name: string;
  /** for whom they sign; null: for themselves */
  organisation: string | null;
  /** mobile number or mail address, by which a provider knows them */
  account: string | null;
}

export type SignerState = 'PENDING' | 'SIGNED' | 'DECLINED';

/** What is heard of a flow, whoever tells it. */
export type SigningNews =
  { kind: 'SIGNED'; baseHash: string } | { kind: 'DECLINED' | 'EXPIRED' | 'REVOKED' | 'REFUSED' };

export interface SigningStanding {
  state: SigningState;
  /** the sealed text it was begun for still waits for its signature */
  stands: boolean;
  isBlocked: boolean;
  /** SHA-256 of the document the signers were given */
  documentHash: string;
}

export interface SigningOutcome {
  state: Exclude<SigningState, 'OPENING' | 'PENDING'>;
  cause: SigningCause | null;
}

export function isSigningOpen(state: SigningState): boolean {
  return state === 'OPENING' || state === 'PENDING';
}

/** Why an open flow has to end although nobody said anything; null: it goes on. */
export function baseless({ stands, isBlocked }: Pick<SigningStanding, 'stands' | 'isBlocked'>) {
  if (!stands) return 'CONTRACT_MOVED_ON' as const;
  return isBlocked ? ('CUSTOMER_BLOCKED' as const) : null;
}

/** What news make of a flow; null: it is over, and late or repeated news change nothing. */
export function signingOutcome(flow: SigningStanding, news: SigningNews): SigningOutcome | null {
  if (!isSigningOpen(flow.state)) return null;
  const cause = baseless(flow);
  if (cause) return { state: 'CANCELLED', cause };
  switch (news.kind) {
    case 'SIGNED':
      return news.baseHash === flow.documentHash
        ? { state: 'SIGNED', cause: null }
        : { state: 'DIFFERS', cause: 'SIGNED_DIFFERENTLY' };
    case 'REVOKED':
      return { state: 'CANCELLED', cause: 'REVOKED' };
    case 'REFUSED':
      return { state: 'FAILED', cause: 'REFUSED' };
    case 'DECLINED':
    case 'EXPIRED':
      return { state: news.kind, cause: null };
  }
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** How long to wait before a provider is asked once more: a minute, then twice as long each time, an hour at most. */
export function askAgainMs(asked: number): number {
  return Math.min(MINUTE_MS * 2 ** Math.min(asked, 10), HOUR_MS);
}

const ACCOUNT = /^(1\d{10}|[^\s@]{1,64}@[^\s@]+\.[^\s@]+)$/;

/** What a provider lacks in order to find the signers; the local page needs only names. */
export function signerProblems(provider: SigningProvider, signers: readonly Signer[]): FieldError[] {
  return signers.flatMap(({ account }, index) => {
    const missing = account === null && provider !== 'LOCAL';
    const wrong = account !== null && !ACCOUNT.test(account);
    return missing || wrong
      ? [
          {
            pointer: `/signers/${index}/account`,
            code: missing ? 'REQUIRED' : 'INVALID',
            rule: 'a mobile number or mail address',
          },
        ]
      : [];
  });
}

/** What a signer says on the page of this system. */
export type SigningAnswer =
  | { answer: 'SIGN'; name: string; title: string | null }
  | { answer: 'DECLINE'; name: string; reason: string };

/** A name is signed as it was invited; capitals and blanks do not matter. */
export function isSignersName(invited: string, typed: string): boolean {
  const plain = (name: string) => oneLine(name).toLocaleLowerCase('und');
  return plain(invited) === plain(typed);
}

/** Why a signer's link is not answered any more: they did · another signer declined · its time is over · it was taken back. */
export type SigningLinkEnd = 'ANSWERED' | 'DECLINED' | 'EXPIRED' | 'CLOSED';

export function signingLinkEnd(
  flow: Pick<SigningStanding, 'state' | 'stands' | 'isBlocked'> & { isPastExpiry: boolean },
  signer: SignerState,
): SigningLinkEnd | null {
  if (signer !== 'PENDING') return 'ANSWERED';
  if (flow.state === 'DECLINED' || flow.state === 'EXPIRED') return flow.state;
  if (flow.state !== 'PENDING' || baseless(flow)) return 'CLOSED';
  return flow.isPastExpiry ? 'EXPIRED' : null;
}

/** Kinds of messages to signers. */
export const SIGNING_MESSAGE = 'contract.signing';
export type SigningMessage = typeof SIGNING_MESSAGE;

/** May the signer be written to by mail? */
export function isMailAccount(account: string | null): boolean {
  return account !== null && account.includes('@');
}
