import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Deals by pipelines that are data: what a stage makes of a deal stands on the deal, its history and every value it had
 * are rows of their own, written by the tables themselves so that no way in is forgotten.
 */
export class Deals1764000000201 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...COLUMNS, ...HISTORY, ...INDEXES]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const RATE = `(SELECT (v.content->'ratesToBase'->>o.currency)::numeric FROM policy_version v WHERE v.kind = 'pricing' AND v.valid @> now())`;

const COLUMNS = [
  `CREATE SEQUENCE opportunity_change_seq`,
  `ALTER TABLE opportunity
     ADD title            varchar(200),
     ADD pipeline         varchar(40)   NOT NULL DEFAULT 'standard',
     ADD open_stage       varchar(40),
     ADD stage_since      timestamptz,
     ADD stage_by         varchar(80)   NOT NULL DEFAULT 'system:import',
     ADD stage_reason     varchar(500),
     ADD stage_direction  varchar(10),
     ADD prob_auto        numeric(9,6)  CHECK (prob_auto BETWEEN 0 AND 100),
     ADD prob_own         numeric(9,6)  CHECK (prob_own BETWEEN 0 AND 100),
     ADD forecast_auto    varchar(10)   CHECK (forecast_auto IN ('PIPELINE', 'BEST_CASE', 'COMMIT', 'CLOSED', 'OMITTED')),
     ADD forecast_own     varchar(10)   CHECK (forecast_own IN ('PIPELINE', 'BEST_CASE', 'COMMIT', 'OMITTED')),
     ADD own_reason       varchar(500),
     ADD worth            numeric(19,4) NOT NULL DEFAULT 0 CHECK (worth >= 0),
     ADD expected_close   date,
     ADD buying_type      varchar(20)   CHECK (buying_type IN ('NEW_TASK', 'MODIFIED_REBUY', 'STRAIGHT_REBUY')),
     ADD need             varchar(2000),
     ADD agreed_terms     varchar(2000),
     ADD resume_on        date,
     ADD resume_told_at   timestamptz,
     ADD contact_at       timestamptz   NOT NULL DEFAULT now(),
     ADD stuck_at         timestamptz,
     ADD slipped_at       timestamptz,
     ADD slip_dropped_at  timestamptz,
     ALTER COLUMN stage TYPE varchar(40)`,
  `UPDATE opportunity o SET stage_since = coalesce(o.closed_on::timestamptz, o.created_at), open_stage = 'PROSPECTING',
     contact_at = now(), prob_auto = coalesce(s.probability_pct, 0), forecast_auto = s.forecast,
     worth = coalesce(round(o.amount * coalesce(${RATE}, 1), 2), 0)
   FROM opportunity_stage s WHERE s.key = o.stage`,
  `UPDATE opportunity SET open_stage = stage WHERE stage NOT IN ('WON', 'LOST', 'ON_HOLD')`,
  `ALTER TABLE opportunity
     DROP CONSTRAINT opportunity_stage_fkey,
     ALTER COLUMN open_stage SET NOT NULL, ALTER COLUMN stage_since SET NOT NULL, ALTER COLUMN stage_since SET DEFAULT now(),
     ALTER COLUMN prob_auto SET NOT NULL, ALTER COLUMN forecast_auto SET NOT NULL,
     ADD prob numeric(9,6) GENERATED ALWAYS AS (coalesce(prob_own, prob_auto)) STORED,
     ADD forecast varchar(10) GENERATED ALWAYS AS (
       CASE WHEN stage IN ('WON', 'LOST', 'ON_HOLD') THEN forecast_auto WHEN slip_dropped_at IS NOT NULL THEN 'PIPELINE'
         ELSE coalesce(forecast_own, forecast_auto) END) STORED,
     ADD CONSTRAINT opportunity_open_stage CHECK (open_stage NOT IN ('WON', 'LOST', 'ON_HOLD')),
     ADD CONSTRAINT opportunity_own_reason CHECK ((prob_own IS NULL AND forecast_own IS NULL) OR own_reason IS NOT NULL),
     ADD CONSTRAINT opportunity_dropped_after_slip CHECK (slip_dropped_at IS NULL OR slipped_at IS NOT NULL)`,
  `DROP TABLE opportunity_stage`,
];

/** Columns whose every value is kept, for what changed since a day. */
const VALUES = `stage, amount, currency, worth, expected_close, forecast, owner_id, unit_id`;
const prefixed = (alias: string) =>
  VALUES.split(', ')
    .map((name) => `${alias}.${name}`)
    .join(', ');

const HISTORY = [
  `CREATE TABLE opportunity_stage_entry (
     opportunity_id uuid        NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     no             integer     NOT NULL CHECK (no > 0),
     stage          varchar(40) NOT NULL,
     direction      varchar(10),
     entered_at     timestamptz NOT NULL,
     left_at        timestamptz CHECK (left_at >= entered_at),
     entered_by     varchar(80) NOT NULL,
     reason         varchar(500),
     PRIMARY KEY (opportunity_id, no)
   )`,
  `CREATE UNIQUE INDEX opportunity_stage_now ON opportunity_stage_entry (opportunity_id) WHERE left_at IS NULL`,
  `CREATE INDEX opportunity_stage_left ON opportunity_stage_entry (left_at) WHERE left_at IS NOT NULL`,
  `CREATE TABLE opportunity_change (
     id             bigint      PRIMARY KEY DEFAULT nextval('opportunity_change_seq'),
     opportunity_id uuid        NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     at             timestamptz NOT NULL DEFAULT now(),
     stage          varchar(40) NOT NULL,
     amount         numeric(19,4),
     currency       char(3),
     worth          numeric(19,4) NOT NULL,
     expected_close date,
     forecast       varchar(10) NOT NULL,
     owner_id       uuid        NOT NULL,
     unit_id        uuid
   )`,
  `CREATE INDEX opportunity_change_of ON opportunity_change (opportunity_id, at DESC, id DESC)`,
  `CREATE INDEX opportunity_change_at ON opportunity_change (at)`,
  `INSERT INTO opportunity_change (opportunity_id, at, ${VALUES})
   SELECT o.id, o.created_at, ${prefixed('o')} FROM opportunity o`,
  `INSERT INTO opportunity_stage_entry (opportunity_id, no, stage, entered_at, entered_by)
   SELECT o.id, 1, o.stage, o.stage_since, 'system:import' FROM opportunity o`,
  `CREATE FUNCTION keep_new_opportunities() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO opportunity_change (opportunity_id, ${VALUES}) SELECT n.id, ${prefixed('n')} FROM made n;
     INSERT INTO opportunity_stage_entry (opportunity_id, no, stage, direction, entered_at, entered_by, reason)
     SELECT n.id, 1, n.stage, n.stage_direction, n.stage_since, n.stage_by, n.stage_reason FROM made n;
     RETURN NULL;
   END $$`,
  `CREATE FUNCTION keep_changed_opportunities() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     INSERT INTO opportunity_change (opportunity_id, ${VALUES})
     SELECT n.id, ${prefixed('n')} FROM made n JOIN was w ON w.id = n.id
     WHERE (${prefixed('n')}) IS DISTINCT FROM (${prefixed('w')});
     UPDATE opportunity_stage_entry e SET left_at = greatest(n.stage_since, e.entered_at)
     FROM made n JOIN was w ON w.id = n.id
     WHERE n.stage <> w.stage AND e.opportunity_id = n.id AND e.left_at IS NULL;
     INSERT INTO opportunity_stage_entry (opportunity_id, no, stage, direction, entered_at, entered_by, reason)
     SELECT n.id, 1 + (SELECT max(no) FROM opportunity_stage_entry e WHERE e.opportunity_id = n.id), n.stage,
       n.stage_direction, (SELECT max(left_at) FROM opportunity_stage_entry e WHERE e.opportunity_id = n.id), n.stage_by, n.stage_reason
     FROM made n JOIN was w ON w.id = n.id WHERE n.stage <> w.stage;
     RETURN NULL;
   END $$`,
  `CREATE TRIGGER opportunity_made AFTER INSERT ON opportunity REFERENCING NEW TABLE AS made
     FOR EACH STATEMENT EXECUTE FUNCTION keep_new_opportunities()`,
  `CREATE TRIGGER opportunity_changed AFTER UPDATE ON opportunity REFERENCING OLD TABLE AS was NEW TABLE AS made
     FOR EACH STATEMENT EXECUTE FUNCTION keep_changed_opportunities()`,
];

const ACTIVE = `stage NOT IN ('WON', 'LOST', 'ON_HOLD')`;

const INDEXES = [
  `DROP INDEX opportunity_at_stage`,
  `CREATE INDEX opportunity_board ON opportunity (pipeline, stage, worth DESC, id)`,
  `CREATE INDEX opportunity_board_owner ON opportunity (owner_id, stage, worth DESC, id)`,
  `CREATE INDEX opportunity_board_unit ON opportunity (unit_id, stage, worth DESC, id)`,
  `CREATE INDEX opportunity_sums ON opportunity (pipeline, stage, currency) INCLUDE (owner_id, unit_id, amount, prob, worth)`,
  `CREATE INDEX opportunity_worth ON opportunity (worth DESC, id)`,
  `CREATE INDEX opportunity_close ON opportunity (coalesce(expected_close, 'infinity'), id) WHERE ${ACTIVE}`,
  `CREATE INDEX opportunity_silent ON opportunity (contact_at, id) WHERE ${ACTIVE}`,
  `CREATE INDEX opportunity_closed ON opportunity (stage, closed_on)`,
  `CREATE INDEX opportunity_title ON opportunity USING gin (title gin_trgm_ops)`,
  `CREATE INDEX opportunity_quiet_of ON opportunity (owner_id, pipeline, contact_at) WHERE stuck_at IS NULL AND ${ACTIVE}`,
  `CREATE INDEX opportunity_closing_of ON opportunity (owner_id, expected_close) WHERE slipped_at IS NULL AND ${ACTIVE}`,
  `CREATE INDEX opportunity_slipped_of ON opportunity (owner_id, pipeline, slipped_at)
     WHERE slipped_at IS NOT NULL AND slip_dropped_at IS NULL AND ${ACTIVE}`,
  `CREATE INDEX opportunity_held_of ON opportunity (owner_id, resume_on) WHERE resume_told_at IS NULL AND stage = 'ON_HOLD'`,
];

const DOWN = [
  `DROP TRIGGER opportunity_made ON opportunity`,
  `DROP TRIGGER opportunity_changed ON opportunity`,
  `DROP FUNCTION keep_new_opportunities()`,
  `DROP FUNCTION keep_changed_opportunities()`,
  `DROP TABLE opportunity_change`,
  `DROP SEQUENCE opportunity_change_seq`,
  `DROP TABLE opportunity_stage_entry`,
  `CREATE TABLE opportunity_stage (
     key             varchar(20) PRIMARY KEY,
     rank            smallint    NOT NULL UNIQUE,
     probability_pct numeric(9,6) CHECK (probability_pct BETWEEN 0 AND 100),
     forecast        varchar(10) NOT NULL CHECK (forecast IN ('PIPELINE', 'BEST_CASE', 'COMMIT', 'CLOSED', 'OMITTED')),
     is_closed       boolean     NOT NULL,
     name_zh         varchar(40) NOT NULL,
     name_en         varchar(40) NOT NULL
   )`,
  `INSERT INTO opportunity_stage (key, rank, probability_pct, forecast, is_closed, name_zh, name_en) VALUES
     ('PROSPECTING', 1, 10,   'PIPELINE',  false, '初步接洽', 'Prospecting'),
     ('QUALIFIED',   2, 20,   'PIPELINE',  false, '需求确认', 'Needs confirmed'),
     ('PROPOSAL',    3, 40,   'PIPELINE',  false, '方案',     'Proposal'),
     ('QUOTED',      4, 60,   'BEST_CASE', false, '报价',     'Quoted'),
     ('NEGOTIATION', 5, 75,   'BEST_CASE', false, '谈判',     'Negotiation'),
     ('CONTRACTING', 6, 90,   'COMMIT',    false, '合同审批', 'Contract approval'),
     ('WON',         7, 100,  'CLOSED',    true,  '赢单',     'Won'),
     ('LOST',        8, 0,    'OMITTED',   true,  '输单',     'Lost'),
     ('ON_HOLD',     9, NULL, 'OMITTED',   false, '搁置',     'On hold')`,
  `UPDATE opportunity SET stage = 'PROSPECTING' WHERE stage NOT IN (SELECT key FROM opportunity_stage)`,
  `DROP INDEX opportunity_board, opportunity_board_owner, opportunity_board_unit, opportunity_sums, opportunity_worth,
     opportunity_close, opportunity_silent, opportunity_closed, opportunity_title, opportunity_quiet_of,
     opportunity_closing_of, opportunity_slipped_of, opportunity_held_of`,
  `ALTER TABLE opportunity DROP forecast, DROP prob`,
  `ALTER TABLE opportunity DROP title, DROP pipeline, DROP open_stage, DROP stage_since, DROP stage_by, DROP stage_reason,
     DROP stage_direction, DROP prob_auto, DROP prob_own, DROP forecast_auto, DROP forecast_own, DROP own_reason, DROP worth,
     DROP expected_close, DROP buying_type, DROP need, DROP agreed_terms, DROP resume_on, DROP resume_told_at,
     DROP contact_at, DROP stuck_at, DROP slipped_at, DROP slip_dropped_at`,
  `ALTER TABLE opportunity ALTER COLUMN stage TYPE varchar(20),
     ADD CONSTRAINT opportunity_stage_fkey FOREIGN KEY (stage) REFERENCES opportunity_stage`,
  `CREATE INDEX opportunity_at_stage ON opportunity (stage, created_at DESC, id DESC)`,
  `DELETE FROM policy_draft WHERE kind LIKE 'pipeline.%'`,
];
