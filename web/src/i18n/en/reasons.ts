import type { reasons as zh } from '../zh/reasons.js';

/** The policy's own words are English already. */
export const reasons: typeof zh = { reason: {} };
