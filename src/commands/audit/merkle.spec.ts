import { describe, expect, it } from '@jest/globals';
import { merkleRoot } from './merkle.js';

/** The inputs and roots of the test vectors that RFC 6962 implementations share (certificate-transparency, merkletree). */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => Buffer.from(hex, 'hex'));

describe('the Merkle root of RFC 6962', () => {
  it.each([
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [3, 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
    [5, '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ])('of the first %i leaves is %s', (count, root) => {
    expect(merkleRoot(LEAVES.slice(0, count)).toString('hex')).toBe(root);
  });

  it('changes with any leaf', () => {
    const changed = [...LEAVES.slice(0, 7), Buffer.from('00', 'hex')];
    expect(merkleRoot(changed).equals(merkleRoot(LEAVES))).toBe(false);
  });
});
