import type { figures as zh } from '../zh/figures.js';

export const figures: typeof zh = {
  access: {
    title: 'Access log',
    kinds: 'Kind of record',
    all: 'All',
    none: 'Nothing recorded.',
  },
  accessKind: { READ: 'Read', EXPORTED: 'Exported', REFUSED: 'Refused' },
  accessWhat: {
    REQUEST: 'A request',
    AUDIT: 'The audit chain of a request',
    HELD_SEATS: 'The tasks of somebody',
    ACCESS_LOG: 'The access log',
    IMPORT_ERRORS: 'The errors of an import',
  },
};
