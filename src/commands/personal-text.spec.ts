import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { sealTexts } from './personal-text.js';

const sealed = expect.stringMatching(/^sealed:[0-9a-f]{64}$/);

describe('an event’s free text', () => {
  it('AE-AUD-3 is a salted digest in the event and a text beside it', () => {
    const { payload, texts } = sealTexts({ type: 'request.closed', reason: '客户姓王', at: 'now' }, 'anna');
    const [text] = texts;
    expect(payload).toEqual({ type: 'request.closed', reason: sealed, at: 'now' });
    expect(text).toMatchObject({ text: '客户姓王', authorId: 'anna' });
    const digest = createHash('sha256').update(text!.salt).update('客户姓王').digest('hex');
    expect(payload['reason']).toBe(`sealed:${digest}`);
  });

  it('AE-AUD-3 is salted anew each time: equal texts do not look equal', () => {
    const one = sealTexts({ comment: 'ok' }, 'anna').payload['comment'];
    expect(sealTexts({ comment: 'ok' }, 'anna').payload['comment']).not.toBe(one);
  });

  it('of an answer inside an event is its actor’s, wherever it stands', () => {
    const event = { decision: { actor: 'ben', comment: 'x' }, seats: [{ added: { reason: 'y' } }] };
    const { payload, texts } = sealTexts(event, 'anna');
    expect(payload).toEqual({
      decision: { actor: 'ben', comment: sealed },
      seats: [{ added: { reason: sealed } }],
    });
    expect(texts.map(({ text, authorId }) => [text, authorId])).toEqual([
      ['x', 'ben'],
      ['y', 'anna'],
    ]);
  });

  it('of the system, and what is no text, stays as it is', () => {
    const event = {
      reason: 'ladder',
      decision: { actor: 'system:timeout', comment: 'auto' },
      comment: null,
      note: '',
    };
    expect(sealTexts(event, 'system:timeout')).toEqual({ payload: event, texts: [] });
    expect(sealTexts({ reason: 3, text: 'a rule of the table' }, 'anna').texts).toEqual([]);
  });
});
