import { createHash } from 'node:crypto';

/**
 * Root of the Merkle tree over `leaves`, in the shape of RFC 6962 §2.1: leaf hashes SHA-256(0x00 ‖ leaf), inner nodes
 * SHA-256(0x01 ‖ left ‖ right), split at the largest power of two below the number of leaves; of none, SHA-256 of nothing.
 */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  return subtree(leaves.map((leaf) => sha256(LEAF, leaf)));
}

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

function subtree(nodes: readonly Buffer[]): Buffer {
  const [only] = nodes;
  if (nodes.length === 1 && only) return only;
  const split = 2 ** Math.floor(Math.log2(nodes.length - 1));
  return sha256(NODE, subtree(nodes.slice(0, split)), subtree(nodes.slice(split)));
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
