/** How long the server waits for what a client sends, in milliseconds. */
export const PATIENCE = {
  /** a client that dribbles its headers is dropped (V13.31) */
  headersTimeout: 15_000,
  /** longest upload */
  requestTimeout: 120_000,
} as const;
