import type { contractLife as zh } from '../zh/contract-life.js';

export const contractLife: typeof zh = {
  contractLife: {
    suspend: 'Suspend',
    suspendText: 'Meanwhile nothing is ordered or delivered under it; its term goes on.',
    cause: 'Why',
    endsOn: 'Ends on',
    suspendedFor: 'Suspended for',
    endReason: 'How it ended',
    keptUntil: 'Kept until',
  },
  suspension: { CREDIT_HOLD: 'Credit hold', DISPUTE: 'Dispute', FORCE_MAJEURE: 'Force majeure' },
};
