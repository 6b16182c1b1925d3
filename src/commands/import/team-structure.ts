import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { lockHistory } from '../org/history.js';
import { announce } from '../org/staff-change.js';
import { nameKey } from '../../domain/import/name.js';
import type { TeamDraft } from '../../domain/import/teams.js';

interface Unit {
  id: string;
  parentId: string | null;
}
interface Person {
  id: string;
  unitId: string | null;
}

/** The sales organisation by name, as one transaction changes it: regions, teams under them, leads and agents in them. */
export class TeamStructure {
  private changed = false;
  private lineChanged = false;

  private constructor(
    private readonly tx: EntityManager,
    private readonly rootId: string | null,
    private readonly regions: Map<string, Unit>,
    /** by the lead's person id */
    private readonly teams: Map<string, Unit>,
    private readonly people: Map<string, Person[]>,
  ) {}

  static async load(tx: EntityManager): Promise<TeamStructure> {
    const units = await tx.query<
      {
        id: string;
        kind: string;
        code: string;
        name: string;
        parentId: string | null;
        headId: string | null;
      }[]
    >(
      `SELECT u.id, u.kind, u.code, u.name, e.parent_id AS "parentId", a.employee_id AS "headId" FROM org_unit u
       LEFT JOIN org_edge e ON e.child_id = u.id AND e.hierarchy = 'REPORTING' AND e.valid @> now()
       LEFT JOIN assignment a ON a.unit_id = u.id AND a.position = 'HEAD' AND a.valid @> now()
       WHERE u.active`,
    );
    const people = await tx.query<(Person & { name: string })[]>(
      `SELECT e.id, e.name, a.unit_id AS "unitId" FROM employee e
       LEFT JOIN assignment a ON a.employee_id = e.id AND a.is_primary AND a.valid @> now() WHERE e.status <> 'LEFT'`,
    );
    const byName = new Map<string, Person[]>();
    for (const person of people)
      byName.set(nameKey(person.name), [...(byName.get(nameKey(person.name)) ?? []), person]);
    const root = units.find(({ code }) => code === 'sales') ?? units.find(({ kind }) => kind === 'COMPANY');
    return new TeamStructure(
      tx,
      root?.id ?? null,
      new Map(units.filter(({ kind }) => kind === 'REGION').map((unit) => [nameKey(unit.name), unit])),
      new Map(
        units.flatMap((unit) =>
          unit.kind === 'TEAM' && unit.headId !== null ? [[unit.headId, unit] as const] : [],
        ),
      ),
      byName,
    );
  }

  isAmbiguous(name: string): boolean {
    return (this.people.get(nameKey(name)) ?? []).length > 1;
  }

  /** Makes the organisation say what the row says. */
  async place(row: TeamDraft): Promise<'created' | 'updated' | 'unchanged'> {
    this.changed = false;
    const isNew = !this.people.has(nameKey(row.agent));
    const region = await this.region(row.region);
    const manager = await this.person(row.manager, 'Team Lead');
    const team = await this.team(row.manager, manager, region);
    const agent = await this.person(row.agent, 'Sales Representative');
    if (agent.unitId !== team.id) await this.post(agent, team.id, 'MEMBER', 'REP');
    if (isNew) return 'created';
    return this.changed ? 'updated' : 'unchanged';
  }

  /** Once for all rows: whoever follows the reporting line is told that it is another one (AE-MGR-2). */
  async announceLine(): Promise<void> {
    if (!this.lineChanged || this.rootId === null) return;
    const head = await lockHistory(this.tx, 'org_unit', this.rootId);
    const change = { unitId: this.rootId, kind: 'LINE_CHANGED' as const, role: null, effectiveAt: head.now };
    await announce(this.tx, change, { seq: head.seq, correlationId: null });
  }

  private async region(name: string): Promise<Unit> {
    const known = this.regions.get(nameKey(name));
    if (known) return known;
    const unit = await this.unit('REGION', name, `region-${slug(name)}`, this.rootId);
    this.regions.set(nameKey(name), unit);
    return unit;
  }

  private async team(name: string, lead: Person, region: Unit): Promise<Unit> {
    const known = this.teams.get(lead.id);
    if (!known) {
      const unit = await this.unit('TEAM', `Team ${name}`, `team-${slug(name)}`, region.id);
      this.teams.set(lead.id, unit);
      await this.post(lead, unit.id, 'HEAD', 'TEAM_LEAD');
      return unit;
    }
    if (known.parentId !== region.id) {
      this.lineChanged = true;
      await this.endFrom('org_edge', `child_id = $1 AND hierarchy = 'REPORTING'`, known.id);
      await this.edge(known.id, region.id);
      known.parentId = region.id;
    }
    return known;
  }

  private async unit(kind: string, name: string, code: string, parentId: string | null): Promise<Unit> {
    this.changed = true;
    const id = uuidv7();
    const [taken] = await this.tx.query<unknown[]>(`SELECT 1 FROM org_unit WHERE code = $1`, [code]);
    await this.tx.query(`INSERT INTO org_unit (id, code, kind, name) VALUES ($1, $2, $3, $4)`, [
      id,
      taken ? `${code}-${id.slice(-6)}` : code,
      kind,
      name,
    ]);
    if (parentId !== null) await this.edge(id, parentId);
    return { id, parentId };
  }

  private async edge(childId: string, parentId: string): Promise<void> {
    this.changed = true;
    await this.tx.query(
      `INSERT INTO org_edge (id, hierarchy, parent_id, child_id, valid) VALUES ($1, 'REPORTING', $2, $3, tstzrange(now(), NULL))`,
      [uuidv7(), parentId, childId],
    );
  }

  /** People who come by file get no account: they sign in through the issuer or when an administrator gives them one. */
  private async person(name: string, title: string): Promise<Person> {
    const [known] = this.people.get(nameKey(name)) ?? [];
    if (known) return known;
    this.changed = true;
    const id = uuidv7();
    const username = nameKey(name).replaceAll(' ', '.');
    const [taken] = await this.tx.query<unknown[]>(`SELECT 1 FROM employee WHERE username = $1`, [username]);
    await this.tx.query(
      `INSERT INTO employee (id, username, name, title, office_key, zone, identity)
       SELECT $1, $2, $3, $4, o.key, o.zone, $1 FROM office o ORDER BY (o.key = 'CN') DESC, o.key LIMIT 1`,
      [id, taken ? `${username}.${id.slice(-6)}` : username, name, title],
    );
    const person: Person = { id, unitId: null };
    this.people.set(nameKey(name), [person]);
    return person;
  }

  private async post(
    person: Person,
    unitId: string,
    position: 'HEAD' | 'MEMBER',
    role: 'TEAM_LEAD' | 'REP',
  ): Promise<void> {
    this.changed = true;
    this.lineChanged ||= person.unitId !== null || position === 'HEAD';
    await this.endFrom('assignment', `employee_id = $1 AND is_primary`, person.id);
    await this.endFrom(
      'role_grant',
      `employee_id = $1 AND role IN ('REP', 'TEAM_LEAD') AND unit_id IS NOT NULL`,
      person.id,
    );
    await this.tx.query(
      `INSERT INTO assignment (id, employee_id, unit_id, position, valid) VALUES ($1, $2, $3, $4, tstzrange(now(), NULL))`,
      [uuidv7(), person.id, unitId, position],
    );
    await this.tx.query(
      `INSERT INTO role_grant (id, employee_id, role, unit_id, valid, granted_by)
       VALUES ($1, $2, $3, $4, tstzrange(now(), NULL), 'system:import')`,
      [uuidv7(), person.id, role, unitId],
    );
    person.unitId = unitId;
  }

  /** What began in this very transaction never was. */
  private async endFrom(
    table: 'org_edge' | 'assignment' | 'role_grant',
    where: string,
    id: string,
  ): Promise<void> {
    await this.tx.query(`DELETE FROM ${table} WHERE ${where} AND lower(valid) >= now()`, [id]);
    await this.tx.query(
      `UPDATE ${table} SET valid = tstzrange(lower(valid), now()) WHERE ${where} AND valid @> now()`,
      [id],
    );
  }
}

function slug(name: string): string {
  return nameKey(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40);
}
