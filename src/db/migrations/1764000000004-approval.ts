import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Approval requests: rows are the projection of the `request` event chains, kept in the same transaction. */
export class Approval1764000000004 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...REQUEST, ...ROUND, ...STAGE, ...SEAT, ...FACTS, ...GENERAL])
      await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(`DROP TABLE ${table}`);
    await db.query(`DROP SEQUENCE general_request_number`);
  }
}

/** In an order in which they can be dropped. */
const TABLES = [
  'general_request',
  'approval_rung',
  'approval_decision',
  'approval_seat',
  'approval_stage',
  'approval_round',
  'approval_request',
];

const REQUEST = [
  `CREATE TABLE approval_request (
     id                uuid PRIMARY KEY,
     kind              varchar(20)  NOT NULL CHECK (kind IN ('QUOTE', 'CONTRACT', 'GENERAL')),
     subject_id        uuid         NOT NULL,
     subject_version   int          NOT NULL,
     number            varchar(60)  NOT NULL,
     title             varchar(300) NOT NULL,
     initiator_id      uuid         NOT NULL REFERENCES employee,
     owner_id          uuid         NOT NULL REFERENCES employee,
     self_ids          uuid[]       NOT NULL,
     unit_id           uuid         NOT NULL REFERENCES org_unit,
     state             varchar(20)  NOT NULL CHECK (state IN ('PENDING', 'RETURNED', 'APPROVED', 'REJECTED', 'WITHDRAWN',
                         'TERMINATED', 'EXPIRED', 'REVOKED')),
     state_since       timestamptz  NOT NULL,
     seq               bigint       NOT NULL,
     round             int          NOT NULL CHECK (round > 0),
     amount            numeric(19,4),
     currency          char(3),
     exposure          numeric(19,4),
     exposure_currency char(3),
     subject_hash      char(64)     NOT NULL,
     policy_kind       varchar(60)  NOT NULL,
     policy_version    int          NOT NULL,
     policy_id         uuid         NOT NULL REFERENCES policy_version,
     withdraw_policy   varchar(30)  NOT NULL,
     returns           int          NOT NULL DEFAULT 0,
     pending_return    jsonb,
     stage_title       varchar(400),
     due_at            timestamptz,
     next_rung_at      timestamptz,
     submitted_at      timestamptz  NOT NULL,
     closed_at         timestamptz,
     CHECK ((amount IS NULL) = (currency IS NULL)),
     CHECK ((exposure IS NULL) = (exposure_currency IS NULL)),
     CHECK ((closed_at IS NULL) = (state IN ('PENDING', 'RETURNED')))
   )`,
  `CREATE UNIQUE INDEX approval_request_one_open ON approval_request (kind, subject_id) WHERE state IN ('PENDING', 'RETURNED')`,
  `CREATE INDEX approval_request_subject ON approval_request (subject_id, submitted_at)`,
  `CREATE INDEX approval_request_mine ON approval_request (initiator_id, submitted_at DESC, id DESC)`,
  `CREATE INDEX approval_request_open ON approval_request (state_since) WHERE state IN ('PENDING', 'RETURNED')`,
  `CREATE INDEX approval_request_search ON approval_request USING gin (title gin_trgm_ops, number gin_trgm_ops)`,
];

/** One submission: what was asked, on which facts, under which policy. Never changed afterwards (AE-POL-1). */
const ROUND = [
  `CREATE TABLE approval_round (
     request_id         uuid         NOT NULL REFERENCES approval_request,
     round              int          NOT NULL CHECK (round > 0),
     policy_id          uuid         NOT NULL REFERENCES policy_version,
     subject_version    int          NOT NULL,
     subject_hash       char(64)     NOT NULL,
     facts              jsonb        NOT NULL,
     document           jsonb        NOT NULL,
     confidential       jsonb,
     plan               jsonb        NOT NULL,
     plan_hash          varchar(2000) NOT NULL,
     matched            jsonb        NOT NULL,
     directory_revision varchar(40)  NOT NULL,
     changed            boolean      NOT NULL,
     comment            varchar(4000),
     submitted_by       uuid         NOT NULL REFERENCES employee,
     submitted_at       timestamptz  NOT NULL,
     PRIMARY KEY (request_id, round)
   )`,
  appendOnly('approval_round'),
];

const STAGE = [
  `CREATE TABLE approval_stage (
     id               uuid PRIMARY KEY,
     request_id       uuid         NOT NULL REFERENCES approval_request,
     round            int          NOT NULL,
     ordinal          int          NOT NULL,
     key              varchar(60)  NOT NULL,
     title            varchar(200) NOT NULL,
     spec             jsonb        NOT NULL,
     why              jsonb        NOT NULL,
     fixed_person_ids jsonb,
     carried_yes      jsonb        NOT NULL,
     visit            int          NOT NULL,
     state            varchar(20)  NOT NULL CHECK (state IN ('PLANNED', 'ACTIVE', 'BLOCKED', 'PASSED', 'REJECTED', 'RETURNED',
                        'SKIPPED', 'INVALIDATED', 'CANCELLED')),
     code             varchar(60),
     opened_at        timestamptz,
     closed_at        timestamptz,
     UNIQUE (request_id, round, key)
   )`,
  `CREATE INDEX approval_stage_running ON approval_stage (state, key) WHERE state IN ('ACTIVE', 'BLOCKED')`,
];

/** kind and exposure repeat the request's, so that an inbox is filtered inside its own index (AE-IN-1). */
const SEAT = [
  `CREATE TABLE approval_seat (
     id         uuid PRIMARY KEY,
     request_id uuid        NOT NULL REFERENCES approval_request,
     stage_id   uuid        NOT NULL REFERENCES approval_stage,
     parent_id  uuid        REFERENCES approval_seat,
     round      int         NOT NULL,
     visit      int         NOT NULL,
     owner_id   uuid        NOT NULL REFERENCES employee,
     holder_id  uuid        NOT NULL REFERENCES employee,
     weight     int         NOT NULL CHECK (weight > 0),
     group_name varchar(60),
     origin     varchar(20) NOT NULL CHECK (origin IN ('POLICY', 'ESCALATION', 'RESTAFFED', 'ADDED')),
     ordinal    int         NOT NULL,
     version    int         NOT NULL CHECK (version > 0),
     state      varchar(20) NOT NULL CHECK (state IN ('WAITING', 'OPEN', 'PARKED', 'APPROVED', 'REJECTED', 'ABSTAINED',
                  'AUTO_APPROVED', 'CANCELLED', 'REMOVED')),
     code       varchar(60),
     why        jsonb       NOT NULL,
     opened_at  timestamptz,
     due_at     timestamptz,
     closed_at  timestamptz,
     rungs      jsonb       NOT NULL,
     kind       varchar(20) NOT NULL,
     exposure   numeric(19,4)
   )`,
  `CREATE INDEX approval_seat_request ON approval_seat (request_id, round)`,
  `CREATE INDEX approval_seat_todo ON approval_seat (holder_id, (coalesce(due_at, 'infinity')), id)
     INCLUDE (kind, exposure, request_id) WHERE state = 'OPEN'`,
  `CREATE INDEX approval_seat_holder ON approval_seat (holder_id, request_id)`,
  `CREATE INDEX approval_seat_owner ON approval_seat (owner_id, request_id)`,
  `CREATE INDEX approval_seat_closed ON approval_seat (closed_at) WHERE state IN ('APPROVED', 'REJECTED', 'ABSTAINED')`,
];

const FACTS = [
  `CREATE TABLE approval_decision (
     seat_id      uuid         NOT NULL REFERENCES approval_seat,
     visit        int          NOT NULL,
     request_id   uuid         NOT NULL REFERENCES approval_request,
     round        int          NOT NULL,
     action       varchar(20)  NOT NULL CHECK (action IN ('APPROVE', 'REJECT', 'RETURN', 'ABSTAIN')),
     actor        varchar(80)  NOT NULL,
     on_behalf_of uuid REFERENCES employee,
     comment      varchar(4000),
     subject_hash char(64)     NOT NULL,
     at           timestamptz  NOT NULL,
     PRIMARY KEY (seat_id, visit)
   )`,
  `CREATE INDEX approval_decision_request ON approval_decision (request_id, at DESC)`,
  `CREATE INDEX approval_decision_actor ON approval_decision (actor, at DESC, seat_id DESC)`,
  appendOnly('approval_decision'),
  `CREATE TABLE approval_rung (
     seat_id    uuid        NOT NULL REFERENCES approval_seat,
     visit      int         NOT NULL,
     rung_id    varchar(60) NOT NULL,
     request_id uuid        NOT NULL REFERENCES approval_request,
     kind       varchar(20) NOT NULL,
     targets    uuid[]      NOT NULL,
     fired_at   timestamptz NOT NULL,
     PRIMARY KEY (seat_id, visit, rung_id)
   )`,
  `CREATE INDEX approval_rung_request ON approval_rung (request_id)`,
  appendOnly('approval_rung'),
];

const GENERAL = [
  `CREATE SEQUENCE general_request_number`,
  `CREATE TABLE general_request (
     id           uuid PRIMARY KEY,
     number       varchar(40)  NOT NULL UNIQUE,
     title        varchar(300) NOT NULL,
     owner_id     uuid         NOT NULL REFERENCES employee,
     unit_id      uuid         NOT NULL REFERENCES org_unit,
     amount       numeric(19,4) CHECK (amount >= 0),
     currency     char(3),
     exposure     numeric(19,4),
     exposure_currency char(3),
     facts        jsonb        NOT NULL,
     content      jsonb        NOT NULL,
     approver_ids uuid[]       NOT NULL,
     state        varchar(20)  NOT NULL CHECK (state IN ('IN_APPROVAL', 'RETURNED', 'APPROVED', 'REJECTED', 'WITHDRAWN',
                    'TERMINATED', 'EXPIRED')),
     created_at   timestamptz  NOT NULL DEFAULT now(),
     CHECK ((amount IS NULL) = (currency IS NULL))
   )`,
];

function appendOnly(table: string): string {
  return `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;
}
