import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every noun stands on: the hash-chained event log, command keys, the outbox, versioned policy data. */
export class Foundation1764000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`CREATE EXTENSION IF NOT EXISTS btree_gist`);
    await db.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);

    await db.query(`
      CREATE TABLE event_head (
        aggregate_kind varchar(40) NOT NULL,
        aggregate_id   uuid        NOT NULL,
        seq            bigint      NOT NULL,
        hash           bytea       NOT NULL,
        PRIMARY KEY (aggregate_kind, aggregate_id)
      )`);
    await db.query(`
      CREATE TABLE event (
        aggregate_kind varchar(40) NOT NULL,
        aggregate_id   uuid        NOT NULL,
        seq            bigint      NOT NULL CHECK (seq > 0),
        id             uuid        NOT NULL UNIQUE,
        type           varchar(80) NOT NULL,
        actor          varchar(80) NOT NULL,
        on_behalf_of   uuid,
        cause          varchar(200),
        payload        jsonb       NOT NULL,
        at             timestamptz NOT NULL,
        prev_hash      bytea       NOT NULL,
        hash           bytea       NOT NULL,
        PRIMARY KEY (aggregate_kind, aggregate_id, seq)
      )`);
    await db.query(`CREATE INDEX event_at ON event (at)`);
    await db.query(`
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$`);
    await db.query(`
      CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);
    await db.query(`
      CREATE TABLE audit_anchor (
        id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at         timestamptz NOT NULL DEFAULT now(),
        aggregates bigint NOT NULL,
        events     bigint NOT NULL,
        root       bytea  NOT NULL
      )`);
    await db.query(`
      CREATE TRIGGER audit_anchor_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchor
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`);

    await db.query(`
      CREATE TABLE command_key (
        actor     varchar(80)  NOT NULL,
        scope     varchar(120) NOT NULL,
        key       varchar(255) NOT NULL,
        body_hash bytea        NOT NULL,
        answer    jsonb,
        at        timestamptz  NOT NULL DEFAULT now(),
        PRIMARY KEY (actor, scope, key)
      )`);

    await db.query(`
      CREATE TABLE outbox (
        id             uuid PRIMARY KEY,
        workflow_type  varchar(80)  NOT NULL,
        workflow_id    varchar(200) NOT NULL,
        input          jsonb        NOT NULL,
        seq            bigint       NOT NULL,
        correlation_id varchar(80),
        state          varchar(10)  NOT NULL DEFAULT 'PENDING' CHECK (state IN ('PENDING', 'SENT', 'PARKED')),
        attempts       int          NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL DEFAULT now(),
        last_error     text,
        created_at     timestamptz  NOT NULL DEFAULT now(),
        sent_at        timestamptz
      )`);
    await db.query(`CREATE INDEX outbox_pending ON outbox (next_attempt_at, id) WHERE state = 'PENDING'`);
    await db.query(`CREATE INDEX outbox_parked ON outbox (created_at) WHERE state = 'PARKED'`);
    await db.query(`CREATE INDEX outbox_workflow ON outbox (workflow_id)`);

    await db.query(`
      CREATE TABLE policy_version (
        id           uuid PRIMARY KEY,
        kind         varchar(60) NOT NULL,
        version      int         NOT NULL CHECK (version > 0),
        valid        tstzrange   NOT NULL,
        content      jsonb       NOT NULL,
        content_hash bytea       NOT NULL,
        created_by   varchar(80) NOT NULL,
        approved_by  varchar(80),
        created_at   timestamptz NOT NULL DEFAULT now(),
        UNIQUE (kind, version),
        EXCLUDE USING gist (kind WITH =, valid WITH &&)
      )`);
    await db.query(`
      CREATE FUNCTION refuse_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' AND OLD.content = NEW.content AND OLD.kind = NEW.kind AND OLD.version = NEW.version
           AND OLD.content_hash = NEW.content_hash AND lower(OLD.valid) = lower(NEW.valid) THEN
          RETURN NEW; -- only the end of validity may still be set
        END IF;
        RAISE EXCEPTION 'a published policy version is immutable' USING ERRCODE = 'restrict_violation';
      END $$`);
    await db.query(`
      CREATE TRIGGER policy_version_immutable BEFORE UPDATE OR DELETE ON policy_version
        FOR EACH ROW EXECUTE FUNCTION refuse_policy_change()`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of ['policy_version', 'outbox', 'command_key', 'audit_anchor', 'event', 'event_head'])
      await db.query(`DROP TABLE ${table}`);
    await db.query(`DROP FUNCTION refuse_policy_change()`);
    await db.query(`DROP FUNCTION refuse_change()`);
  }
}
