/** A second place where what somebody wrote freely stands, for reading; the first is `personal_text`. */
export interface FreeTextCopy {
  table:
    | 'approval_decision'
    | 'approval_round'
    | 'approval_seat'
    | 'approval_stage'
    | 'collection_case'
    | 'contract'
    | 'contract_dispute'
    | 'contract_order'
    | 'contract_version'
    | 'credit_note'
    | 'customer_block'
    | 'milestone'
    | 'notification'
    | 'payment'
    | 'promise'
    | 'receivable_dispute'
    | 'receivable_entry';
  /** takes the text out */
  set: string;
  /** still holds one; $1: its author, $2: the request, or null for all */
  where: string;
}

const HERE = `($2::uuid IS NULL OR request_id = $2)`;

/** What an erasure reaches besides the texts themselves (AE-AUD-3). */
export const FREE_TEXT_COPIES: readonly FreeTextCopy[] = [
  {
    table: 'approval_decision',
    set: `comment = NULL`,
    where: `actor = $1::uuid::text AND comment IS NOT NULL AND ${HERE}`,
  },
  {
    table: 'approval_round',
    set: `comment = NULL`,
    where: `submitted_by = $1::uuid AND comment IS NOT NULL AND ${HERE}`,
  },
  {
    table: 'approval_seat',
    set: `added = jsonb_set(added, '{reason}', '""')`,
    where: `added->>'by' = $1::uuid::text AND added->>'reason' <> '' AND ${HERE}`,
  },
  {
    table: 'approval_stage',
    set: `named = jsonb_set(named, '{reason}', '""')`,
    where: `named->>'byId' = $1::uuid::text AND named->>'reason' <> '' AND ${HERE}`,
  },
  {
    table: 'contract',
    set: `end_reason = NULL`,
    where: `ended_by = $1::uuid AND end_reason IS NOT NULL AND $2::uuid IS NULL`,
  },
  {
    table: 'contract_version',
    set: `reason = ''`,
    where: `by_id = $1::uuid AND reason <> '' AND $2::uuid IS NULL`,
  },
  {
    table: 'contract_order',
    set: `note = NULL`,
    where: `by_id = $1::uuid AND note IS NOT NULL AND $2::uuid IS NULL`,
  },
  {
    table: 'contract_dispute',
    set: `text = CASE WHEN opened_by = $1::uuid THEN '' ELSE text END, outcome = CASE WHEN closed_by = $1::uuid THEN NULL ELSE outcome END`,
    where: `(opened_by = $1::uuid AND text <> '' OR closed_by = $1::uuid AND outcome IS NOT NULL) AND $2::uuid IS NULL`,
  },
  {
    table: 'customer_block',
    set: `note = CASE WHEN blocked_by = $1::uuid THEN NULL ELSE note END,
      lift_note = CASE WHEN lifted_by = $1::uuid THEN NULL ELSE lift_note END`,
    where: `((blocked_by = $1::uuid AND note IS NOT NULL) OR (lifted_by = $1::uuid AND lift_note IS NOT NULL)) AND $2::uuid IS NULL`,
  },
  {
    table: 'milestone',
    set: `note = NULL`,
    where: `done_by = $1::uuid AND note IS NOT NULL AND $2::uuid IS NULL`,
  },
  {
    table: 'notification',
    set: `params = params - 'comment'`,
    where: `params->>'by' = $1::uuid::text AND params ? 'comment' AND ${HERE}`,
  },
  {
    table: 'collection_case',
    set: `reason = NULL`,
    where: `reason_by = $1::uuid::text AND reason IS NOT NULL AND $2::uuid IS NULL`,
  },
  {
    table: 'credit_note',
    set: `reason = ''`,
    where: `by_id = $1::uuid::text AND reason <> '' AND $2::uuid IS NULL`,
  },
  {
    table: 'payment',
    set: `reason = NULL`,
    where: `reason_by = $1::uuid::text AND reason IS NOT NULL AND $2::uuid IS NULL`,
  },
  {
    table: 'promise',
    set: `note = NULL`,
    where: `logged_by = $1::uuid::text AND note IS NOT NULL AND $2::uuid IS NULL`,
  },
  {
    table: 'receivable_dispute',
    set: `evidence = CASE WHEN opened_by = $1::uuid::text THEN '' ELSE evidence END,
      outcome = CASE WHEN closed_by = $1::uuid::text THEN NULL ELSE outcome END`,
    where: `(opened_by = $1::uuid::text AND evidence <> '' OR closed_by = $1::uuid::text AND outcome IS NOT NULL) AND $2::uuid IS NULL`,
  },
  {
    table: 'receivable_entry',
    set: `reason = NULL`,
    where: `by_id = $1::uuid::text AND reason IS NOT NULL AND $2::uuid IS NULL`,
  },
];
