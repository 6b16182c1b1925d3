import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Units in effective-dated hierarchies, people, rights, absence, accounts, calendars. */
export class Organisation1764000000002 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...UNITS, ...PEOPLE, ...RIGHTS, ...ACCOUNTS, ...CALENDARS, ...REVISION])
      await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const table of TABLES) await db.query(`DROP TABLE ${table}`);
    for (const name of ['bump_org_revision()', 'refuse_org_cycle()']) await db.query(`DROP FUNCTION ${name}`);
    await db.query(`DROP SEQUENCE org_revision_seq`);
  }
}

/** In an order in which they can be dropped. */
const TABLES = [
  'org_revision',
  'calendar_day',
  'rate_limit',
  'oidc_identity',
  'session',
  'account',
  'delegation',
  'absence',
  'role_permission',
  'role_grant',
  'assignment',
  'employee',
  'office',
  'org_edge',
  'org_unit',
];

const UNITS = [
  `CREATE TABLE org_unit (
     id         uuid PRIMARY KEY,
     code       varchar(60)  NOT NULL UNIQUE,
     kind       varchar(20)  NOT NULL CHECK (kind IN ('COMPANY', 'REGION', 'TEAM', 'DEPT', 'PRODUCT_LINE')),
     name       varchar(120) NOT NULL,
     active     boolean      NOT NULL DEFAULT true,
     created_at timestamptz  NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE org_edge (
     id        uuid PRIMARY KEY,
     hierarchy varchar(20) NOT NULL CHECK (hierarchy IN ('REPORTING', 'PRODUCT')),
     parent_id uuid        NOT NULL REFERENCES org_unit,
     child_id  uuid        NOT NULL REFERENCES org_unit,
     valid     tstzrange   NOT NULL CHECK (NOT isempty(valid)),
     CHECK (parent_id <> child_id),
     CONSTRAINT org_edge_one_parent EXCLUDE USING gist (child_id WITH =, hierarchy WITH =, valid WITH &&)
   )`,
  `CREATE INDEX org_edge_parent ON org_edge (parent_id, hierarchy)`,
  `CREATE FUNCTION refuse_org_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF EXISTS (
       WITH RECURSIVE above(unit_id, during, depth) AS (
         SELECT NEW.parent_id, NEW.valid, 1
         UNION ALL
         SELECT e.parent_id, a.during * e.valid, a.depth + 1
         FROM above a JOIN org_edge e ON e.child_id = a.unit_id AND e.hierarchy = NEW.hierarchy AND e.valid && a.during
         WHERE a.depth < 64 AND a.unit_id <> NEW.child_id
       ) SELECT 1 FROM above WHERE unit_id = NEW.child_id
     ) THEN
       RAISE EXCEPTION 'a unit cannot be above itself' USING ERRCODE = 'check_violation', CONSTRAINT = 'org_edge_no_cycle';
     END IF;
     RETURN NEW;
   END $$`,
  `CREATE TRIGGER org_edge_no_cycle BEFORE INSERT OR UPDATE ON org_edge FOR EACH ROW EXECUTE FUNCTION refuse_org_cycle()`,
];

const PEOPLE = [
  `CREATE TABLE office (
     key           varchar(20) PRIMARY KEY,
     name          varchar(80) NOT NULL,
     region        varchar(20) NOT NULL,
     zone          varchar(60) NOT NULL,
     working_hours jsonb       NOT NULL
   )`,
  `CREATE TABLE employee (
     id         uuid PRIMARY KEY,
     username   varchar(80)  NOT NULL CHECK (username = lower(username) AND username <> ''),
     name       varchar(120) NOT NULL CHECK (name <> ''),
     title      varchar(120),
     status     varchar(10)  NOT NULL DEFAULT 'ACTIVE' CHECK (status IN ('ACTIVE', 'LEAVE', 'LEFT')),
     left_at    timestamptz,
     office_key varchar(20)  NOT NULL REFERENCES office,
     zone       varchar(60)  NOT NULL,
     locale     varchar(10)  NOT NULL DEFAULT 'zh-CN' CHECK (locale IN ('zh-CN', 'en')),
     identity   uuid         NOT NULL,
     created_at timestamptz  NOT NULL DEFAULT now(),
     CONSTRAINT employee_username UNIQUE (username),
     CHECK ((status = 'LEFT') = (left_at IS NOT NULL))
   )`,
  `CREATE INDEX employee_name ON employee (name, id)`,
  `CREATE INDEX employee_search ON employee USING gin (name gin_trgm_ops, username gin_trgm_ops)`,
  `CREATE INDEX employee_identity ON employee (identity)`,
  `CREATE TABLE assignment (
     id          uuid PRIMARY KEY,
     employee_id uuid        NOT NULL REFERENCES employee,
     unit_id     uuid        NOT NULL REFERENCES org_unit,
     position    varchar(10) NOT NULL CHECK (position IN ('HEAD', 'DEPUTY', 'MEMBER')),
     is_primary  boolean     NOT NULL DEFAULT true,
     valid       tstzrange   NOT NULL CHECK (NOT isempty(valid)),
     CONSTRAINT assignment_one_head EXCLUDE USING gist (unit_id WITH =, valid WITH &&) WHERE (position = 'HEAD'),
     CONSTRAINT assignment_one_deputy EXCLUDE USING gist (unit_id WITH =, valid WITH &&) WHERE (position = 'DEPUTY'),
     CONSTRAINT assignment_one_primary EXCLUDE USING gist (employee_id WITH =, valid WITH &&) WHERE (is_primary),
     CONSTRAINT assignment_once EXCLUDE USING gist (employee_id WITH =, unit_id WITH =, valid WITH &&)
   )`,
  `CREATE INDEX assignment_unit ON assignment (unit_id)`,
];

const RIGHTS = [
  `CREATE TABLE role_grant (
     id          uuid PRIMARY KEY,
     employee_id uuid        NOT NULL REFERENCES employee,
     role        varchar(30) NOT NULL,
     unit_id     uuid REFERENCES org_unit,
     money_limit numeric(19,4) CHECK (money_limit >= 0),
     currency    char(3),
     valid       tstzrange   NOT NULL CHECK (NOT isempty(valid)),
     granted_by  varchar(80) NOT NULL,
     CHECK ((money_limit IS NULL) = (currency IS NULL)),
     CONSTRAINT role_grant_once EXCLUDE USING gist (
       employee_id WITH =, role WITH =, (coalesce(unit_id, '00000000-0000-0000-0000-000000000000')) WITH =,
       (coalesce(currency, '')) WITH =, valid WITH &&)
   )`,
  `CREATE INDEX role_grant_role ON role_grant (role)`,
  `CREATE TABLE role_permission (
     role       varchar(30) NOT NULL,
     permission varchar(40) NOT NULL,
     scope      varchar(10) NOT NULL CHECK (scope IN ('OWN', 'TEAM', 'REGION', 'ALL')),
     PRIMARY KEY (role, permission)
   )`,
  `CREATE TABLE absence (
     id           uuid PRIMARY KEY,
     employee_id  uuid        NOT NULL REFERENCES employee,
     delegate_id  uuid REFERENCES employee,
     during       tstzrange   NOT NULL CHECK (NOT isempty(during) AND NOT upper_inf(during) AND NOT lower_inf(during)),
     note         varchar(500),
     created_by   varchar(80) NOT NULL,
     created_at   timestamptz NOT NULL DEFAULT now(),
     cancelled_at timestamptz,
     CHECK (delegate_id <> employee_id),
     CONSTRAINT absence_no_overlap EXCLUDE USING gist (employee_id WITH =, during WITH &&) WHERE (cancelled_at IS NULL)
   )`,
  `CREATE INDEX absence_delegate ON absence (delegate_id)`,
  `CREATE TABLE delegation (
     id         uuid PRIMARY KEY,
     from_id    uuid        NOT NULL REFERENCES employee,
     to_id      uuid        NOT NULL REFERENCES employee,
     role       varchar(30) NOT NULL,
     unit_id    uuid REFERENCES org_unit,
     valid      tstzrange   NOT NULL CHECK (NOT isempty(valid) AND NOT upper_inf(valid)),
     reason     varchar(500) NOT NULL CHECK (reason <> ''),
     created_by varchar(80) NOT NULL,
     created_at timestamptz NOT NULL DEFAULT now(),
     revoked_at timestamptz,
     CHECK (from_id <> to_id),
     CONSTRAINT delegation_no_overlap EXCLUDE USING gist (
       from_id WITH =, to_id WITH =, role WITH =, (coalesce(unit_id, '00000000-0000-0000-0000-000000000000')) WITH =,
       valid WITH &&) WHERE (revoked_at IS NULL)
   )`,
  `CREATE INDEX delegation_to ON delegation (to_id)`,
];

const ACCOUNTS = [
  `CREATE TABLE account (
     employee_id   uuid PRIMARY KEY REFERENCES employee,
     password_hash varchar(300) NOT NULL,
     disabled_at   timestamptz,
     changed_at    timestamptz NOT NULL DEFAULT now()
   )`,
  `CREATE TABLE session (
     id          uuid PRIMARY KEY,
     token_hash  bytea       NOT NULL UNIQUE CHECK (octet_length(token_hash) = 32),
     employee_id uuid        NOT NULL REFERENCES employee,
     kind        varchar(10) NOT NULL CHECK (kind IN ('SESSION', 'TOKEN')),
     name        varchar(120),
     created_at  timestamptz NOT NULL DEFAULT now(),
     expires_at  timestamptz NOT NULL,
     revoked_at  timestamptz
   )`,
  `CREATE INDEX session_employee ON session (employee_id)`,
  `CREATE TABLE oidc_identity (
     issuer      varchar(300) NOT NULL,
     subject     varchar(300) NOT NULL,
     employee_id uuid         NOT NULL REFERENCES employee,
     linked_at   timestamptz  NOT NULL DEFAULT now(),
     PRIMARY KEY (issuer, subject)
   )`,
  `CREATE INDEX oidc_identity_employee ON oidc_identity (employee_id)`,
  `CREATE TABLE rate_limit (
     key    varchar(255) PRIMARY KEY,
     points integer NOT NULL DEFAULT 0,
     expire bigint
   )`,
];

const CALENDARS = [
  `CREATE TABLE calendar_day (
     region varchar(20) NOT NULL,
     day    date        NOT NULL,
     kind   varchar(20) NOT NULL CHECK (kind IN ('WORKDAY', 'WEEKEND', 'HOLIDAY', 'MAKEUP_WORKDAY')),
     name   varchar(80),
     source varchar(120) NOT NULL,
     PRIMARY KEY (region, day)
   )`,
];

/** Whoever caches the organisation asks for this number first. A sequence, since it never gives a rolled-back number again. */
const REVISION = [
  `CREATE SEQUENCE org_revision_seq`,
  `CREATE TABLE org_revision (
     only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
     revision bigint  NOT NULL
   )`,
  `INSERT INTO org_revision (revision) VALUES (nextval('org_revision_seq'))`,
  `CREATE FUNCTION bump_org_revision() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     UPDATE org_revision SET revision = nextval('org_revision_seq');
     RETURN NULL;
   END $$`,
  ...[
    'org_unit',
    'org_edge',
    'employee',
    'assignment',
    'role_grant',
    'role_permission',
    'absence',
    'delegation',
    'account',
    'office',
    'calendar_day',
  ].map(
    (table) =>
      `CREATE TRIGGER ${table}_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ${table}
         FOR EACH STATEMENT EXECUTE FUNCTION bump_org_revision()`,
  ),
];
