export const DISPUTE_REASONS = ['QUALITY', 'QUANTITY', 'DELAY', 'PRICE', 'PAYMENT', 'OTHER'] as const;
export type DisputeReason = (typeof DISPUTE_REASONS)[number];

export const DISPUTE_OUTCOMES = ['SETTLED', 'REJECTED', 'WITHDRAWN'] as const;
export type DisputeOutcome = (typeof DISPUTE_OUTCOMES)[number];
