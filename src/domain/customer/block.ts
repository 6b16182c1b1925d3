/** Why nobody may deal with a customer for the time being (processes.md 3.7). */
export const BLOCK_CAUSES = ['BLACKLIST', 'INSOLVENCY', 'LEGAL'] as const;
export type BlockCause = (typeof BLOCK_CAUSES)[number];

/** The block that stopped something. */
export interface Stop {
  blockId: string;
  cause: BlockCause;
}
