import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Signatures of customers on sealed contracts: the document they were given, who was asked, what came back. What is personal
 * stands here, beside the chain; of a signer's link only a hash is kept.
 */
export class SigningFlows1764000000411 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of UP) await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['signing_signer', 'signing_flow']) await db.query(`DROP TABLE ${table}`);
    await db.query(
      `DELETE FROM delivery WHERE notification_id IN (SELECT id FROM notification WHERE kind = 'CONTRACT_SIGNING')`,
    );
    await db.query(`DELETE FROM notification WHERE kind = 'CONTRACT_SIGNING'`);
    await db.query(`DELETE FROM outbox WHERE workflow_type = 'signing'`);
  }
}

const OPEN = `state IN ('OPENING', 'PENDING')`;

const UP = [
  `CREATE TABLE signing_flow (
     id               uuid PRIMARY KEY,
     contract_id      uuid         NOT NULL REFERENCES contract,
     version          int          NOT NULL CHECK (version > 0),
     provider         varchar(8)   NOT NULL CHECK (provider IN ('LOCAL', 'ESIGN')),
     state            varchar(12)  NOT NULL CHECK (state IN ('OPENING', 'PENDING', 'SIGNED', 'DECLINED', 'EXPIRED', 'CANCELLED',
                        'DIFFERS', 'FAILED')),
     cause            varchar(24),
     language         varchar(5)   NOT NULL CHECK (language IN ('zh-CN', 'en')),
     text_hash        char(64)     NOT NULL,
     document         bytea        NOT NULL,
     document_hash    char(64)     NOT NULL,
     provider_flow_id varchar(64)  UNIQUE,
     expires_at       timestamptz  NOT NULL,
     asked            int          NOT NULL DEFAULT 0,
     ask_at           timestamptz,
     trouble          varchar(500),
     to_withdraw      boolean      NOT NULL DEFAULT false,
     said             varchar(2000),
     signed           bytea,
     signed_hash      char(64),
     certificate      text,
     created_by       uuid         NOT NULL REFERENCES employee,
     created_at       timestamptz  NOT NULL,
     ended_at         timestamptz,
     CHECK ((${OPEN}) = (ended_at IS NULL)),
     CHECK ((signed IS NULL) = (signed_hash IS NULL)),
     CHECK (state NOT IN ('SIGNED', 'DIFFERS') OR signed IS NOT NULL),
     CHECK ((state = 'SIGNED') = (certificate IS NOT NULL)),
     CHECK (NOT ${OPEN} OR ask_at IS NOT NULL)
   )`,
  `CREATE UNIQUE INDEX signing_flow_one_open ON signing_flow (contract_id) WHERE ${OPEN}`,
  `CREATE INDEX signing_flow_contract ON signing_flow (contract_id, created_at)`,
  `CREATE INDEX signing_flow_running ON signing_flow (created_at) WHERE ${OPEN} OR to_withdraw`,
  `CREATE TRIGGER signing_flow_archived BEFORE INSERT OR DELETE OR UPDATE OF state, document, signed, certificate ON signing_flow
     FOR EACH ROW EXECUTE FUNCTION archived_stays()`,
  `CREATE TABLE signing_signer (
     id            uuid PRIMARY KEY,
     flow_id       uuid         NOT NULL REFERENCES signing_flow,
     no            int          NOT NULL CHECK (no > 0),
     name          varchar(200) NOT NULL,
     organisation  varchar(200),
     account       varchar(254),
     token_hash    bytea        UNIQUE,
     url           varchar(2000),
     state         varchar(8)   NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'SIGNED', 'DECLINED')),
     at            timestamptz,
     evidence      jsonb,
     salt          bytea,
     evidence_hash char(64),
     UNIQUE (flow_id, no),
     CHECK ((state = 'PENDING') = (at IS NULL)),
     CHECK ((evidence IS NULL) = (salt IS NULL))
   )`,
];
