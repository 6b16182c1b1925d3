import { describe, expect, it } from '@jest/globals';
import { Case, people, stage } from '../../../test/builders/approval.js';
import { mediaTypeOf } from './media-type.js';
import { requirementsOf } from './requirements.js';
import type { DecisionAction, Requirement, StageSpec } from './stage-spec.js';

const FILE = { id: 'file-1', name: 'offer.pdf', mediaType: 'application/pdf', size: 3, sha256: 'ab' };
type Requires = StageSpec['requires'];

describe('AE-REQ-1 what an answer takes', () => {
  it.each<[string, DecisionAction, DecisionAction[], Requires, Requirement[]]>([
    ['nothing asked', 'APPROVE', ['REJECT'], undefined, []],
    ['a comment, by commentOn', 'REJECT', ['REJECT'], undefined, ['COMMENT']],
    ['a comment, said twice', 'REJECT', ['REJECT'], { REJECT: ['COMMENT'] }, ['COMMENT']],
    ['of another action', 'APPROVE', [], { REJECT: ['ATTACHMENT'] }, []],
    ['a file and a word', 'RETURN', ['RETURN'], { RETURN: ['ATTACHMENT'] }, ['COMMENT', 'ATTACHMENT']],
    [
      'a signature comes after a step-up',
      'APPROVE',
      [],
      { APPROVE: ['SIGNATURE'] },
      ['SIGNATURE', 'STEP_UP'],
    ],
    ['a step-up alone', 'APPROVE', [], { APPROVE: ['STEP_UP'] }, ['STEP_UP']],
    ['an opinion is words', 'OPINION', [], { APPROVE: ['SIGNATURE'] }, ['COMMENT']],
  ])('%s', (_case, action, commentOn, requires, expected) => {
    expect(requirementsOf({ commentOn, ...(requires ? { requires } : {}) }, action)).toEqual(expected);
  });
});

describe('AE-REQ-1 an answer that lacks something', () => {
  const NOW = Date.parse('2026-03-02T01:00:00.000Z');
  const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();
  const all: Requires = { APPROVE: ['COMMENT', 'ATTACHMENT', 'SIGNATURE'], RETURN: ['ATTACHMENT'] };
  const strict = (over: Partial<StageSpec> = {}) => {
    const request = new Case([stage('x', { ...people('lead'), requires: all, ...over })]);
    request.now = new Date(NOW).toISOString();
    return request;
  };
  const refused = (work: () => unknown): unknown => {
    try {
      work();
    } catch (error) {
      return (error as { details: Record<string, unknown> }).details['missing'];
    }
    return null;
  };

  it.each([
    ['everything', { comment: ' ' }, ['comment', 'attachment', 'signature', 'stepUp']],
    ['all but the word', { comment: 'ok' }, ['attachment', 'signature', 'stepUp']],
    ['the file', { signature: 'jws', authenticatedAt: ago(1) }, ['attachment']],
    ['the signature', { attachments: [FILE], authenticatedAt: ago(1) }, ['signature']],
    ['a proof at all', { attachments: [FILE], signature: 'jws' }, ['stepUp']],
    ['a proof of late', { attachments: [FILE], signature: 'jws', authenticatedAt: ago(16) }, ['stepUp']],
  ])('names %s and changes nothing', (_case, over, missing) => {
    const request = strict();
    const before = request.current;
    expect(refused(() => request.vote('lead', 'APPROVE', over))).toEqual(missing);
    expect(request.current).toBe(before);
  });

  it.each([
    ['as long as the policy says', 5, ago(5), null],
    ['and no longer', 5, ago(6), ['stepUp']],
    ['a quarter of an hour where it says nothing', undefined, ago(15), null],
  ])('a proof counts %s', (_case, stepUpMinutes, authenticatedAt, missing) => {
    const request = strict({
      requires: { APPROVE: ['STEP_UP'] },
      ...(stepUpMinutes === undefined ? {} : { stepUpMinutes }),
    });
    expect(refused(() => request.vote('lead', 'APPROVE', { authenticatedAt }))).toEqual(missing);
  });

  it('a signature nobody asked for takes a step-up all the same', () => {
    const request = strict({ requires: {} });
    expect(refused(() => request.vote('lead', 'APPROVE', { signature: 'jws' }))).toEqual(['stepUp']);
  });

  it('with everything it counts, and the answer carries file and signature', () => {
    const request = strict();
    request.vote('lead', 'APPROVE', { attachments: [FILE], signature: 'jws', authenticatedAt: ago(1) });
    expect(request.current.state).toBe('APPROVED');
    expect(request.current.seats[0]!.decision).toMatchObject({ attachments: [FILE], signature: 'jws' });
  });

  it('is judged before separation of duties (AE-CMD-4)', () => {
    const request = strict();
    request.state = { ...request.current, selfIds: ['rep', 'lead'] };
    expect(() => request.vote('lead', 'APPROVE', { comment: 'ok' })).toThrow('REQUIREMENT_MISSING');
  });
});

describe('AE-REQ-1 a file is put to a request', () => {
  it.each([
    ['its initiator', 'rep', null],
    ['whoever owes an answer', 'lead', null],
    ['nobody else', 'f1', 'NOT_HOLDER'],
  ])('by %s', (_case, by, code) => {
    const request = new Case([stage('x', people('lead'))]);
    const attach = () => request.run({ type: 'ATTACH', attachment: FILE }, by);
    if (code) return expect(attach).toThrow(code);
    expect(attach()).toEqual([{ type: 'attachment.added', attachment: FILE, at: request.now }]);
  });

  it('while it runs', () => {
    const request = new Case([stage('x', people('lead'))]);
    request.vote('lead', 'REJECT');
    expect(() => request.run({ type: 'ATTACH', attachment: FILE }, 'rep')).toThrow('REQUEST_CLOSED');
  });

  const bytes = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
  it.each([
    ['x.exe', '%PDF-1.7', 'application/pdf'],
    ['x.pdf', 'MZ\u0090\u0000', null],
    ['x', '\u0089PNG\r\n\u001a\nIHDR', 'image/png'],
    ['x', '\u00ff\u00d8\u00ff\u00e0', 'image/jpeg'],
    ['a.docx', 'PK\u0003\u0004', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.zip', 'PK\u0003\u0004', null],
    ['a.html', 'plain words', 'text/plain'],
    ['empty', '', null],
  ])('and is what its bytes say, whatever its name: %s', (name, text, expected) => {
    expect(mediaTypeOf(name, bytes(text))).toBe(expected);
  });
});
