import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases of collection per customer and company, promises, disputes of items, letters with their notices per item. */
export class Collection1764000000461 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...RIGHTS]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of [
      'dunning_notice',
      'dunning_letter',
      'receivable_dispute',
      'promise',
      'collection_case',
    ])
      await db.query(`DROP TABLE ${table}`);
    await db.query(
      `DELETE FROM role_permission WHERE permission IN ('collection:log', 'collection:run', 'collection:legal')`,
    );
  }
}

const appendOnly = (table: string) =>
  `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
     FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`;

const TABLES = [
  `CREATE TABLE collection_case (
     id             uuid PRIMARY KEY,
     customer_id    uuid         NOT NULL REFERENCES customer,
     company_id     uuid         NOT NULL REFERENCES company,
     state          varchar(10)  NOT NULL DEFAULT 'OPEN' CHECK (state IN ('OPEN', 'ON_HOLD', 'ESCALATED', 'LEGAL', 'CLOSED')),
     paused_until   date,
     reason         varchar(500),
     last_letter_on date,
     opened_at      timestamptz  NOT NULL DEFAULT now(),
     updated_at     timestamptz  NOT NULL DEFAULT now(),
     row_version    int          NOT NULL DEFAULT 1,
     CONSTRAINT collection_case_of UNIQUE (customer_id, company_id),
     CHECK ((state = 'ON_HOLD') = (paused_until IS NOT NULL))
   )`,
  `CREATE INDEX collection_case_open ON collection_case (opened_at DESC, id DESC) WHERE state <> 'CLOSED'`,
  `CREATE TABLE promise (
     id         uuid PRIMARY KEY,
     case_id    uuid          NOT NULL REFERENCES collection_case,
     item_id    uuid          NOT NULL REFERENCES receivable_item,
     amount     numeric(19,4) NOT NULL CHECK (amount > 0),
     currency   char(3)       NOT NULL,
     due_on     date          NOT NULL,
     hold_until date          NOT NULL,
     state      varchar(14)   NOT NULL DEFAULT 'ACTIVE'
                  CHECK (state IN ('ACTIVE', 'KEPT', 'PARTIALLY_KEPT', 'BROKEN', 'WITHDRAWN', 'SUPERSEDED')),
     note       varchar(500),
     logged_by  varchar(80)   NOT NULL,
     logged_at  timestamptz   NOT NULL,
     ended_at   timestamptz,
     CHECK ((state = 'ACTIVE') = (ended_at IS NULL)),
     CHECK (hold_until >= due_on)
   )`,
  `CREATE UNIQUE INDEX promise_one_active ON promise (item_id) WHERE state = 'ACTIVE'`,
  `CREATE INDEX promise_case ON promise (case_id, logged_at)`,
  `CREATE TABLE receivable_dispute (
     id          uuid PRIMARY KEY,
     case_id     uuid          NOT NULL REFERENCES collection_case,
     item_id     uuid          NOT NULL REFERENCES receivable_item,
     amount      numeric(19,4) NOT NULL CHECK (amount > 0),
     currency    char(3)       NOT NULL,
     reason      varchar(14)   NOT NULL
                   CHECK (reason IN ('PRICE', 'QUANTITY', 'QUALITY', 'DELIVERY', 'INVOICE_ERROR', 'SERVICE', 'OTHER')),
     evidence    varchar(500)  NOT NULL,
     state       varchar(13)   NOT NULL DEFAULT 'OPEN'
                   CHECK (state IN ('OPEN', 'INVESTIGATING', 'ACCEPTED', 'PARTIAL', 'REJECTED', 'WITHDRAWN')),
     opened_on   date          NOT NULL,
     resolve_by  date          NOT NULL,
     escalate_on date          NOT NULL,
     escalated   boolean       NOT NULL DEFAULT false,
     opened_by   varchar(80)   NOT NULL,
     opened_at   timestamptz   NOT NULL,
     accepted    numeric(19,4) NOT NULL DEFAULT 0 CHECK (accepted >= 0 AND accepted <= amount),
     outcome     varchar(500),
     closed_by   varchar(80),
     closed_at   timestamptz,
     CHECK ((state IN ('OPEN', 'INVESTIGATING')) = (closed_at IS NULL))
   )`,
  `CREATE INDEX receivable_dispute_case ON receivable_dispute (case_id, opened_at)`,
  `CREATE INDEX receivable_dispute_item ON receivable_dispute (item_id) WHERE closed_at IS NULL`,
  `CREATE TABLE dunning_letter (
     id           uuid PRIMARY KEY,
     case_id      uuid         NOT NULL REFERENCES collection_case,
     no           varchar(40)  NOT NULL UNIQUE,
     step         varchar(30)  NOT NULL,
     action       varchar(10)  NOT NULL CHECK (action IN ('STATEMENT', 'REMINDER', 'DUE_NOTICE', 'LETTER', 'LEGAL')),
     level        smallint     NOT NULL CHECK (level BETWEEN 0 AND 4),
     channel      varchar(4)   NOT NULL CHECK (channel IN ('MAIL', 'HAND', 'NONE')),
     name         varchar(200),
     address      varchar(320),
     language     varchar(5)   NOT NULL CHECK (language IN ('zh-CN', 'en')),
     content      jsonb        NOT NULL,
     content_hash bytea        NOT NULL CHECK (octet_length(content_hash) = 32),
     at           timestamptz  NOT NULL,
     CHECK ((channel = 'MAIL') = (address IS NOT NULL))
   )`,
  `CREATE INDEX dunning_letter_case ON dunning_letter (case_id, at)`,
  appendOnly('dunning_letter'),
  `CREATE TABLE dunning_notice (
     id        uuid PRIMARY KEY,
     letter_id uuid          NOT NULL REFERENCES dunning_letter,
     item_id   uuid          NOT NULL REFERENCES receivable_item,
     level     smallint      NOT NULL CHECK (level BETWEEN 0 AND 4),
     step      varchar(30)   NOT NULL,
     day       smallint      NOT NULL,
     round     smallint      NOT NULL CHECK (round > 0),
     amount    numeric(19,4) NOT NULL CHECK (amount > 0),
     at        timestamptz   NOT NULL,
     CONSTRAINT dunning_notice_once UNIQUE (item_id, level, step, round)
   )`,
  `CREATE INDEX dunning_notice_latest ON dunning_notice (item_id, at DESC)`,
  appendOnly('dunning_notice'),
];

/** processes §3.8, for whoever has a role already; a new installation fills roles itself. */
const grant = (permission: string, scope: string, ...roles: string[]) =>
  `INSERT INTO role_permission (role, permission, scope)
   SELECT DISTINCT role, '${permission}', '${scope}' FROM role_permission
   WHERE role IN (${roles.map((role) => `'${role}'`).join(', ')}) ON CONFLICT DO NOTHING`;

const RIGHTS = [
  grant('collection:log', 'OWN', 'REP'),
  grant('collection:log', 'TEAM', 'TEAM_LEAD'),
  grant('collection:log', 'ALL', 'BACK_OFFICE', 'CREDIT', 'FINANCE', 'CFO'),
  grant('collection:run', 'ALL', 'CREDIT', 'FINANCE', 'CFO'),
  grant('collection:legal', 'ALL', 'LEGAL'),
];
