import { describe, expect, it } from '@jest/globals';
import { Case, stage } from '../../../test/builders/approval.js';

const revoke = { type: 'REVOKE', revocationId: 'r-2', reason: 'cancelled' } as const;

describe('AE-RV-1 an approval whose revocation has passed', () => {
  it('is revoked, and that only once', () => {
    const request = new Case([stage('lead')]);
    request.vote('lead', 'APPROVE');
    expect(request.run(revoke, 'system:revocation')).toEqual([
      { type: 'request.revoked', revocationId: 'r-2', reason: 'cancelled', at: '2026-03-02T01:00:00.000Z' },
    ]);
    expect(request.current.state).toBe('REVOKED');
    expect(() => request.run(revoke, 'system:revocation')).toThrow('REQUEST_CLOSED');
  });

  it('nothing that is not approved is revoked', () => {
    const pending = new Case([stage('lead')]);
    expect(() => pending.run(revoke, 'system:revocation')).toThrow('REQUEST_CLOSED');
    pending.vote('lead', 'REJECT');
    expect(() => pending.run(revoke, 'system:revocation')).toThrow('REQUEST_CLOSED');
  });
});
