import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a deal is about and with whom it is done: contacts, buying centre, competitors, collaborators, activities, ticks. */
export class DealPeople1764000000202 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    for (const statement of [...CONTACTS, ...ACTIVITIES, ...COMPETITORS, ...WATCH, ...RIGHTS])
      await db.query(statement);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const statement of DOWN) await db.query(statement);
  }
}

const CONTACTS = [
  `CREATE TABLE contact (
     id          uuid PRIMARY KEY,
     customer_id uuid         NOT NULL REFERENCES customer,
     name        varchar(120) NOT NULL CHECK (name <> ''),
     title       varchar(120),
     phone       varchar(16)  CHECK (phone ~ '^\\+[1-9][0-9]{6,14}$'),
     email       varchar(320),
     consent     varchar(10)  NOT NULL CHECK (consent IN ('UNKNOWN', 'GIVEN', 'WITHDRAWN')),
     consent_at  timestamptz,
     created_by  uuid         NOT NULL REFERENCES employee,
     erased_at   timestamptz,
     row_version integer      NOT NULL DEFAULT 1,
     created_at  timestamptz  NOT NULL DEFAULT now(),
     updated_at  timestamptz  NOT NULL DEFAULT now(),
     CONSTRAINT contact_erased CHECK (erased_at IS NULL OR (phone IS NULL AND email IS NULL AND title IS NULL)),
     CONSTRAINT contact_consent_dated CHECK ((consent = 'UNKNOWN') = (consent_at IS NULL))
   )`,
  `CREATE INDEX contact_customer ON contact (customer_id, name, id)`,
  `CREATE INDEX contact_creator ON contact (created_by)`,
  `CREATE TABLE opportunity_contact (
     opportunity_id uuid        NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     contact_id     uuid        NOT NULL REFERENCES contact,
     role           varchar(12) NOT NULL CHECK (role IN ('INITIATOR', 'USER', 'INFLUENCER', 'DECIDER')),
     PRIMARY KEY (opportunity_id, contact_id, role)
   )`,
  `CREATE INDEX opportunity_contact_of ON opportunity_contact (contact_id)`,
  `CREATE TABLE opportunity_collaborator (
     opportunity_id uuid        NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     employee_id    uuid        NOT NULL REFERENCES employee,
     since          timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (opportunity_id, employee_id)
   )`,
  `CREATE INDEX opportunity_collaborator_of ON opportunity_collaborator (employee_id)`,
  `CREATE TABLE opportunity_tick (
     opportunity_id uuid        NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     name           varchar(90) NOT NULL,
     ticked_by      uuid        NOT NULL REFERENCES employee,
     at             timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (opportunity_id, name)
   )`,
];

const ACTIVITIES = [
  `CREATE TABLE activity (
     id             uuid PRIMARY KEY,
     kind           varchar(10)  NOT NULL CHECK (kind IN ('VISIT', 'CALL', 'MAIL', 'MEETING', 'NOTE')),
     state          varchar(10)  NOT NULL CHECK (state IN ('PLANNED', 'DONE', 'CANCELLED')),
     opportunity_id uuid         REFERENCES opportunity,
     customer_id    uuid         REFERENCES customer,
     contact_id     uuid         REFERENCES contact,
     subject        varchar(200) NOT NULL CHECK (subject <> ''),
     note           varchar(4000),
     planned_on     date,
     done_at        timestamptz,
     two_way        boolean      NOT NULL DEFAULT false,
     owner_id       uuid         NOT NULL REFERENCES employee,
     unit_id        uuid         REFERENCES org_unit,
     row_version    integer      NOT NULL DEFAULT 1,
     created_at     timestamptz  NOT NULL DEFAULT now(),
     updated_at     timestamptz  NOT NULL DEFAULT now(),
     CONSTRAINT activity_about CHECK (opportunity_id IS NOT NULL OR customer_id IS NOT NULL),
     CONSTRAINT activity_planned CHECK (state <> 'PLANNED' OR planned_on IS NOT NULL),
     CONSTRAINT activity_done CHECK ((state = 'DONE') = (done_at IS NOT NULL)),
     CONSTRAINT activity_two_way CHECK (NOT two_way OR (state = 'DONE' AND kind <> 'NOTE'))
   )`,
  `CREATE INDEX activity_next ON activity (opportunity_id, planned_on, id) WHERE state = 'PLANNED'`,
  `CREATE INDEX activity_of_deal ON activity (opportunity_id, (coalesce(done_at, created_at)) DESC, id DESC)`,
  `CREATE INDEX activity_of_customer ON activity (customer_id, (coalesce(done_at, created_at)) DESC, id DESC)`,
  `CREATE INDEX activity_of_contact ON activity (contact_id, (coalesce(done_at, created_at)) DESC, id DESC)`,
  `CREATE INDEX activity_planned_of ON activity (owner_id, planned_on, id) WHERE state = 'PLANNED'`,
];

const COMPETITORS = [
  `CREATE TABLE competitor (
     id       uuid PRIMARY KEY,
     name     varchar(200) NOT NULL CHECK (name <> ''),
     name_key varchar(200) NOT NULL UNIQUE
   )`,
  `CREATE TABLE opportunity_competitor (
     opportunity_id uuid NOT NULL REFERENCES opportunity ON DELETE CASCADE,
     competitor_id  uuid NOT NULL REFERENCES competitor,
     strengths      varchar(1000),
     outcome        varchar(12) CHECK (outcome IN ('WON_AGAINST', 'LOST_TO')),
     PRIMARY KEY (opportunity_id, competitor_id)
   )`,
  `CREATE INDEX opportunity_competitor_of ON opportunity_competitor (competitor_id)`,
  `CREATE UNIQUE INDEX opportunity_lost_to ON opportunity_competitor (opportunity_id) WHERE outcome = 'LOST_TO'`,
  `INSERT INTO competitor (id, name, name_key)
   SELECT gen_random_uuid(), min(competitor), lower(competitor) FROM opportunity WHERE trim(competitor) <> '' GROUP BY lower(competitor)`,
  `INSERT INTO opportunity_competitor (opportunity_id, competitor_id, outcome)
   SELECT o.id, c.id, 'LOST_TO' FROM opportunity o JOIN competitor c ON c.name_key = lower(o.competitor)`,
  `ALTER TABLE opportunity DROP competitor`,
];

const WATCH = [
  `CREATE TABLE deal_watch (
     owner_id uuid   PRIMARY KEY REFERENCES employee,
     seq      bigint NOT NULL,
     since    timestamptz NOT NULL DEFAULT now()
   )`,
  `INSERT INTO deal_watch (owner_id, seq)
   SELECT DISTINCT owner_id, 1 FROM opportunity WHERE stage NOT IN ('WON', 'LOST')`,
  `ALTER TABLE notification ALTER request_id DROP NOT NULL,
     ADD opportunity_id uuid REFERENCES opportunity,
     ADD CONSTRAINT notification_about CHECK (num_nonnulls(request_id, opportunity_id) = 1)`,
  `CREATE INDEX notification_opportunity ON notification (opportunity_id) WHERE opportunity_id IS NOT NULL`,
];

/** Contacts for those who sell and their back office; a lead works on the deals of the team (processes §3.8). */
const CONTACT_RIGHTS = [
  ['REP', 'OWN'],
  ['TEAM_LEAD', 'TEAM'],
  ['REGIONAL_DIRECTOR', 'REGION'],
  ['SALES_MANAGER', 'ALL'],
  ['BACK_OFFICE', 'ALL'],
] as const;
const WIDENED = CONTACT_RIGHTS.filter(([role]) => role !== 'REP' && role !== 'BACK_OFFICE');
const rows = (rights: readonly (readonly [string, string])[]) =>
  rights.map(([role, scope]) => `('${role}', '${scope}')`).join(', ');

const RIGHTS = [
  `INSERT INTO role_permission (role, permission, scope)
   SELECT r.role, p.permission, r.scope FROM (VALUES ${rows(CONTACT_RIGHTS)}) AS r(role, scope)
   CROSS JOIN (VALUES ('contact:read'), ('contact:write')) AS p(permission)
   WHERE EXISTS (SELECT 1 FROM role_permission x WHERE x.role = r.role) ON CONFLICT DO NOTHING`,
  `UPDATE role_permission x SET scope = r.scope FROM (VALUES ${rows(WIDENED)}) AS r(role, scope)
   WHERE x.role = r.role AND x.permission = 'opportunity:write' AND x.scope = 'OWN'`,
];

const DOWN = [
  `UPDATE role_permission x SET scope = 'OWN' FROM (VALUES ${rows(WIDENED)}) AS r(role, scope)
   WHERE x.role = r.role AND x.permission = 'opportunity:write' AND x.scope = r.scope`,
  `DELETE FROM role_permission WHERE permission IN ('contact:read', 'contact:write')`,
  `DELETE FROM delivery WHERE notification_id IN (SELECT id FROM notification WHERE opportunity_id IS NOT NULL)`,
  `DELETE FROM notification WHERE opportunity_id IS NOT NULL`,
  `ALTER TABLE notification DROP CONSTRAINT notification_about, DROP opportunity_id, ALTER request_id SET NOT NULL`,
  `DROP TABLE deal_watch`,
  `ALTER TABLE opportunity ADD competitor varchar(200)`,
  `UPDATE opportunity o SET competitor = c.name FROM opportunity_competitor x JOIN competitor c ON c.id = x.competitor_id
   WHERE x.opportunity_id = o.id AND x.outcome = 'LOST_TO'`,
  ...[
    'opportunity_competitor',
    'competitor',
    'activity',
    'opportunity_tick',
    'opportunity_collaborator',
    'opportunity_contact',
    'contact',
  ].map((table) => `DROP TABLE ${table}`),
];
