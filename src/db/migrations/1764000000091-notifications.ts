import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was told what, the ways to tell them, and every message that left: a delivery is one message to one place. */
export class Notifications1764000000091 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(
      `ALTER TABLE employee ADD email varchar(320) CHECK (email ~ '^[^[:cntrl:][:space:]<>"]+@[^[:cntrl:][:space:]<>"]+$'),
         ADD quiet_from varchar(5) CHECK (quiet_from ~ '^[0-2][0-9]:[0-5][0-9]$'),
         ADD quiet_to varchar(5) CHECK (quiet_to ~ '^[0-2][0-9]:[0-5][0-9]$'),
         ADD CONSTRAINT employee_quiet CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))`,
    );
    for (const statement of [...NOTIFICATION, ...ENDPOINT, ...DELIVERY]) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['delivery', 'channel_endpoint', 'notification_preference', 'notification'])
      await db.query(`DROP TABLE ${table}`);
    await db.query(
      `ALTER TABLE employee DROP CONSTRAINT employee_quiet, DROP email, DROP quiet_from, DROP quiet_to`,
    );
  }
}

const NOTIFICATION = [
  `CREATE TABLE notification (
     id         uuid PRIMARY KEY,
     person_id  uuid         REFERENCES employee,
     kind       varchar(30)  NOT NULL,
     request_id uuid         NOT NULL REFERENCES approval_request,
     seat_id    uuid,
     dedupe_key varchar(300) NOT NULL UNIQUE,
     params     jsonb        NOT NULL,
     at         timestamptz  NOT NULL,
     read_at    timestamptz
   )`,
  `CREATE INDEX notification_person ON notification (person_id, id DESC)`,
  `CREATE INDEX notification_unread ON notification (person_id) WHERE read_at IS NULL`,
  `CREATE TABLE notification_preference (
     person_id uuid        NOT NULL REFERENCES employee,
     kind      varchar(30) NOT NULL,
     channel   varchar(10) NOT NULL CHECK (channel IN ('IN_APP', 'MAIL', 'CHAT')),
     enabled   boolean     NOT NULL,
     PRIMARY KEY (person_id, kind, channel)
   )`,
];

const ENDPOINT = [
  `CREATE TABLE channel_endpoint (
     id            uuid PRIMARY KEY,
     channel       varchar(10)   NOT NULL CHECK (channel IN ('MAIL', 'DINGTALK', 'FEISHU', 'WECOM', 'WEBHOOK')),
     name          varchar(120)  NOT NULL,
     url           varchar(4000) NOT NULL,
     secrets       jsonb         NOT NULL DEFAULT '[]',
     kinds         varchar(40)[] NOT NULL DEFAULT '{}',
     person_id     uuid          REFERENCES employee,
     locale        varchar(10)   NOT NULL DEFAULT 'zh-CN' CHECK (locale IN ('zh-CN', 'en')),
     state         varchar(10)   NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'DISABLED')),
     disabled_code varchar(40),
     version       int           NOT NULL DEFAULT 1,
     created_at    timestamptz   NOT NULL DEFAULT now()
   )`,
  `CREATE UNIQUE INDEX channel_endpoint_mail ON channel_endpoint (channel) WHERE channel = 'MAIL'`,
];

const DELIVERY = [
  `CREATE TABLE delivery (
     id              uuid PRIMARY KEY,
     endpoint_id     uuid        NOT NULL REFERENCES channel_endpoint,
     notification_id uuid        REFERENCES notification,
     request_id      uuid        REFERENCES approval_request,
     person_id       uuid        REFERENCES employee,
     kind            varchar(80) NOT NULL,
     payload         jsonb,
     state           varchar(10) NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'RETRYING', 'SENT', 'FAILED', 'SKIPPED')),
     code            varchar(60),
     attempts        int         NOT NULL DEFAULT 0,
     replays         int         NOT NULL DEFAULT 0,
     provider_id     varchar(500),
     error           varchar(2000),
     response        varchar(1024),
     created_at      timestamptz NOT NULL DEFAULT date_trunc('milliseconds', now()),
     updated_at      timestamptz NOT NULL DEFAULT now(),
     sent_at         timestamptz
   )`,
  `CREATE INDEX delivery_newest ON delivery (created_at DESC, id DESC)`,
  `CREATE INDEX delivery_state ON delivery (state, created_at DESC, id DESC)`,
  `CREATE INDEX delivery_request ON delivery (request_id)`,
  `CREATE INDEX delivery_endpoint ON delivery (endpoint_id)`,
];
