import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { decideSeat, type SeatDecided, type SeatDecisionInput } from '../../src/commands/approval/decide.js';
import { generalSubject } from '../../src/commands/approval/general.subject.js';
import { revocationSubject } from '../../src/commands/approval/revocation.subject.js';
import { stageSubject } from '../../src/commands/approval/stage.subject.js';
import type { ApprovalSubject, SubjectOwner } from '../../src/commands/approval/subject.js';
import { registerSubjects } from '../../src/commands/approval/subjects.js';
import { submitForApproval, type SubmitOptions, type Submitted } from '../../src/commands/approval/submit.js';
import { runCommand, type Answer, type CommandMeta } from '../../src/commands/transaction.js';
import { readRequest, type StoredRequest } from '../../src/db/approval-state.js';
import type { Seat } from '../../src/domain/approval/model.js';
import type { DecisionAction, StageSpec } from '../../src/domain/approval/stage-spec.js';
import type { ApprovalPolicyContent, PolicyInput } from '../../src/domain/approval/policy.js';
import { decisionTable, LADDERS, type SeedRow } from '../../src/policy/seed/build.js';
import { quoteToContractMessage } from '../../src/workflows/messages.js';
import { testDatabase } from '../support/postgres.js';
import { stage } from './approval.js';

const INPUTS: readonly PolicyInput[] = [{ name: 'amount', label: 'Amount', type: 'decimal' }];

/** What the module that owns the subjects was told, in order. */
export interface Told {
  step: 'opened' | 'closed' | 'revoked';
  requestId: string;
  outcome: string | null;
}

/** Requests about invented subjects, on the demo company: policies as a test needs them, the real commands and tables. */
export class Desk {
  readonly told: Told[] = [];
  readonly subjects = new Map<string, ApprovalSubject>();
  /** what has followed from the approval of a subject and cannot be undone */
  readonly effects = new Map<string, string>();
  /** why undoing fails at present, by subject */
  readonly faults = new Map<string, Error>();
  private readonly people = new Map<string, string>();

  private constructor(
    readonly db: DataSource,
    readonly close: () => Promise<void>,
  ) {}

  /** On a seeded database of its own. */
  static async open(): Promise<Desk> {
    const { dataSource, close } = await testDatabase({ seeded: true });
    return Desk.over(dataSource, close);
  }

  /** On a database that somebody else opened and closes, for instance under an API. */
  static async over(db: DataSource, close = (): Promise<void> => Promise.resolve()): Promise<Desk> {
    const desk = new Desk(db, close);
    const rows = await desk.db.query<{ username: string; id: string }[]>(`SELECT username, id FROM employee`);
    for (const { username, id } of rows) desk.people.set(username, id);
    registerSubjects({
      QUOTE: desk.owner(),
      GENERAL: generalSubject,
      STAGE: stageSubject,
      REVOCATION: revocationSubject,
    });
    return desk;
  }

  id(username: string): string {
    const id = this.people.get(username);
    if (!id) throw new Error(`no demo person ${username}`);
    return id;
  }

  /** `count` sales representatives more, with an account each. */
  async hire(count: number): Promise<string[]> {
    const names = Array.from({ length: count }, (_, index) => `voter.${this.people.size + index}`);
    for (const name of names) {
      const id = uuidv7();
      await this.db.query(
        `WITH person AS (
           INSERT INTO employee (id, username, name, office_key, zone, identity) VALUES ($1, $2, $2, 'CN', 'Asia/Shanghai', $1)
         ), rights AS (
           INSERT INTO role_grant (id, employee_id, role, valid, granted_by) VALUES ($3, $1, 'REP', tstzrange(now(), NULL), 'test')
         ) INSERT INTO account (employee_id, password_hash) VALUES ($1, 'none: signs in by a session of the test')`,
        [id, name, uuidv7()],
      );
      this.people.set(name, id);
    }
    return names;
  }

  /** A policy of its own kind whose only row asks for these stages. Each stage sits the persons of its resolver. */
  async policy(
    stages: readonly StageSpec[],
    over: Partial<ApprovalPolicyContent> & { rows?: readonly SeedRow[] } = {},
  ) {
    const kind = `approval.test-${randomUUID().slice(0, 8)}`;
    await this.publish(kind, 1, stages, over);
    return kind;
  }

  async publish(
    kind: string,
    version: number,
    stages: readonly StageSpec[],
    { rows, ...over }: Partial<ApprovalPolicyContent> & { rows?: readonly SeedRow[] } = {},
  ): Promise<void> {
    const all: SeedRow = {
      id: 'all',
      when: {},
      stages: stages.map(({ key }) => key),
      rule: 'all',
      text: 'amount {amount}',
    };
    const content: ApprovalPolicyContent = {
      jdm: decisionTable(INPUTS, rows ?? [all]),
      inputs: INPUTS,
      stages,
      ladders: LADDERS,
      withdraw: 'ANYTIME',
      ...over,
    };
    // commands read their time in milliseconds: a version that begins inside one would not be seen in it
    await this.db.transaction(async (tx) => {
      await tx.query(
        `UPDATE policy_version SET valid = tstzrange(lower(valid), date_trunc('milliseconds', now()))
         WHERE kind = $1 AND upper_inf(valid)`,
        [kind],
      );
      await tx.query(
        `INSERT INTO policy_version (id, kind, version, valid, content, content_hash, created_by)
         VALUES ($1, $2, $3, tstzrange(CASE WHEN $3 = 1 THEN '2016-01-01'::timestamptz ELSE date_trunc('milliseconds', now()) END, NULL),
           $4, sha256('x'), 'test')`,
        [uuidv7(), kind, version, JSON.stringify(content)],
      );
    });
  }

  /** One stage for the usernames given. */
  seats(key: string, usernames: readonly string[], over: Partial<StageSpec> = {}): StageSpec {
    return stage(key, {
      resolver: { kind: 'PERSON', personIds: usernames.map((name) => this.id(name)) },
      ...over,
    });
  }

  async subject(
    policyKind: string,
    by = 'moses.frase',
    content: Record<string, string> = { text: 'one' },
  ): Promise<ApprovalSubject> {
    const [row] = await this.db.query<{ unit_id: string }[]>(
      `SELECT unit_id FROM assignment WHERE employee_id = $1 AND is_primary`,
      [this.id(by)],
    );
    const subject: ApprovalSubject = {
      kind: 'QUOTE',
      id: uuidv7(),
      number: `T-${this.subjects.size + 1}`,
      version: 1,
      title: 'A thing to approve',
      ownerId: this.id(by),
      beneficiaryIds: [],
      unitId: row!.unit_id,
      policyKind,
      facts: { amount: '100000' },
      content,
      exposure: { amount: '100000', currency: 'CNY' },
      amount: { amount: '100000.00', currency: 'CNY' },
      confidential: { marginPct: '12.5' },
    };
    this.subjects.set(subject.id, subject);
    return subject;
  }

  /** The subject with another discount: its content, and what it measures. */
  withDiscount(subjectId: string, discountPct: string): ApprovalSubject {
    const subject = this.subjects.get(subjectId);
    if (!subject) throw new Error(`no subject ${subjectId}`);
    const content = { ...subject.content, discountPct };
    return { ...subject, content, measures: { discountPct } };
  }

  meta(by: string, over: Partial<CommandMeta> = {}): CommandMeta {
    return {
      actor: { kind: 'PERSON', id: this.id(by), permissions: ['approval:decide'] },
      key: randomUUID(),
      scope: 'test',
      body: null,
      correlationId: null,
      ...over,
    };
  }

  submit(
    subject: ApprovalSubject,
    by = 'moses.frase',
    options: SubmitOptions = {},
  ): Promise<Answer<Submitted>> {
    const meta = this.meta(by);
    return runCommand(this.db, meta, (tx: EntityManager) =>
      submitForApproval(tx, meta, 'QUOTE', subject.id, options),
    );
  }

  /** Policy, subject and submission in one go: the id of a request that waits for its first stage. */
  async pending(stages: readonly StageSpec[], over: Partial<ApprovalPolicyContent> = {}): Promise<string> {
    const subject = await this.subject(await this.policy(stages, over));
    return (await this.submit(subject)).value.requestId;
  }

  async read(requestId: string): Promise<StoredRequest> {
    const stored = await readRequest(this.db, requestId);
    if (!stored) throw new Error(`no request ${requestId}`);
    return stored;
  }

  async seatOf(requestId: string, holder: string): Promise<Seat> {
    const { state } = await this.read(requestId);
    const seat = state.seats.filter(({ holderId }) => holderId === this.id(holder)).at(-1);
    if (!seat) throw new Error(`${holder} has no seat in ${requestId}`);
    return seat;
  }

  async ballot(requestId: string, by: string, action: DecisionAction): Promise<SeatDecisionInput> {
    const seat = await this.seatOf(requestId, by);
    const { state } = await this.read(requestId);
    return {
      seatId: seat.id,
      action,
      expectedSeatVersion: seat.version,
      subjectHash: state.subjectHash,
      comment: 'because',
    };
  }

  async vote(
    requestId: string,
    by: string,
    action: DecisionAction,
    over: Partial<SeatDecisionInput> = {},
    meta: Partial<CommandMeta> = {},
  ): Promise<Answer<SeatDecided>> {
    const input = { ...(await this.ballot(requestId, by, action)), ...over };
    return decideSeat(
      this.db,
      this.meta(by, { scope: `decide ${input.seatId}`, body: { ...input }, ...meta }),
      input,
    );
  }

  private owner(): SubjectOwner {
    return {
      load: async (_tx, id) => {
        const subject = this.subjects.get(id);
        if (!subject) throw new Error(`no subject ${id}`);
        return subject;
      },
      opened: async (_tx, _subject, requestId) => {
        this.told.push({ step: 'opened', requestId, outcome: null });
      },
      closed: async (_tx, _subject, requestId, outcome) => {
        this.told.push({ step: 'closed', requestId, outcome });
      },
      irreversible: async (_tx, id) => this.effects.get(id) ?? null,
      revoked: async (_tx, id, requestId) => {
        const fault = this.faults.get(id);
        if (fault) throw fault;
        this.told.push({ step: 'revoked', requestId, outcome: null });
      },
      edited: (_tx, id, _stage, edits) => {
        const subject = this.withDiscount(id, String(edits['/discountPct']));
        const store = () => {
          this.subjects.set(id, subject);
          return Promise.resolve();
        };
        return Promise.resolve({ subject, store });
      },
      process: (_tx, subjectId, _requestId, seq) => Promise.resolve(quoteToContractMessage(subjectId, seq)),
    };
  }
}

/** The code of the refusal a promise ends with; anything else fails the test. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => {
      throw new Error('expected a refusal');
    },
    (error: unknown) => {
      const code = (error as { code?: unknown }).code;
      if ((error as Error).name !== 'DomainError' || typeof code !== 'string') throw error;
      return code;
    },
  );
}
