import type { zh } from '../zh/index.js';
import { acts } from './acts.js';
import { approvals } from './approvals.js';
import { causes } from './causes.js';
import { channels } from './channels.js';
import { codes } from './codes.js';
import { contractLife } from './contract-life.js';
import { dealEvents } from './deal-events.js';
import { credit } from './credit.js';
import { customers } from './customers.js';
import { deals } from './deals.js';
import { desk } from './desk.js';
import { documents } from './documents.js';
import { edits } from './edits.js';
import { erasure } from './erasure.js';
import { events } from './events.js';
import { figures } from './figures.js';
import { forms } from './forms.js';
import { frame } from './frame.js';
import { move } from './move.js';
import { notifications } from './notifications.js';
import { offers } from './offers.js';
import { pathCodes } from './path-codes.js';
import { people } from './people.js';
import { pipeline } from './pipeline.js';
import { policies } from './policies.js';
import { policyEditor } from './policy-editor.js';
import { policyRules } from './policy-rules.js';
import { policyStages } from './policy-stages.js';
import { pricing } from './pricing.js';
import { refusals } from './refusals.js';
import { signing } from './signing.js';
import { submission } from './submission.js';
import { whatIf } from './what-if.js';
import { whyNot } from './why-not.js';

export const en: typeof zh = {
  ...frame,
  ...approvals,
  ...dealEvents,
  ...credit,
  ...customers,
  ...deals,
  ...contractLife,
  ...desk,
  ...channels,
  ...codes,
  ...pathCodes,
  ...documents,
  ...causes,
  ...notifications,
  ...offers,
  ...people,
  ...pipeline,
  ...refusals,
  ...signing,
  ...pricing,
  ...events,
  ...acts,
  ...policies,
  ...move,
  ...policyEditor,
  ...policyStages,
  ...policyRules,
  ...whatIf,
  ...whyNot,
  ...figures,
  ...edits,
  ...erasure,
  ...forms,
  ...submission,
};
