import { setTimeout as delay } from 'node:timers/promises';
import { ApiRefusal, type HttpSession } from '../http-session.js';
import { dealTerms, type DealTerms } from './deal-terms.js';
import type { DemoPeople } from './people.js';

export interface Deal {
  id: string;
  number: string;
  customer: { id: string; name: string } | null;
  product: { id: string; name: string } | null;
  owner: { id: string; name: string };
  amount: { amount: string; currency: string } | null;
}

/** What became of one deal. */
export interface DealOutcome {
  number: string;
  lane: string;
  approvers: number;
  isClamped: boolean;
  /** submission of the quotation to its approval, and to the effective contract */
  approvalMs: number | null;
  cycleMs: number | null;
  total: string | null;
  currency: string | null;
  /** where it stopped; null when the contract is effective */
  stoppedAt: string | null;
}

/** Told when the sale has come so far, before it goes on; `id` of the quotation, at last of the contract. */
export type Reached = (what: 'QUOTE_APPROVED' | 'QUOTE_ACCEPTED' | 'EFFECTIVE', id: string) => Promise<void>;

interface Quote {
  id: string;
  state: string;
  total: { amount: string; currency: string };
  contractId: string | null;
  requestId: string | null;
}
interface Contract {
  id: string;
  state: string;
  requestId: string | null;
}
interface Preview {
  planHash: string;
  lane: string;
  stages: { key: string; seats: unknown[] }[];
  problems: { code: string; message: string }[];
}
interface Request {
  state: string;
  path: { state: string; seats: { state: string; holder: { id: string } | null }[] }[];
}
interface InboxItem {
  requestId: string;
  seatId: string | null;
  seatVersion: number | null;
  subjectHash: string;
}

const LOOK_MS = 100;
const PATIENCE_MS = 120_000;

/** Drives one won deal from a draft quotation to an effective contract, as the people whose turn it is. */
export class DealRun {
  private started = 0;
  private outcome: DealOutcome;

  constructor(
    private readonly people: DemoPeople,
    private readonly deal: Deal,
    private readonly terms: DealTerms,
  ) {
    this.outcome = {
      number: deal.number,
      lane: 'none',
      approvers: 0,
      isClamped: terms.isClamped,
      approvalMs: null,
      cycleMs: null,
      total: null,
      currency: null,
      stoppedAt: null,
    };
  }

  static of(people: DemoPeople, deal: Deal, index: number, listPrice: string): DealRun {
    return new DealRun(people, deal, dealTerms(index, deal.amount?.amount ?? listPrice, listPrice));
  }

  async run(reached: Reached = () => Promise.resolve()): Promise<DealOutcome> {
    try {
      const rep = await this.people.ofName(this.deal.owner.name);
      this.started = performance.now();
      const contractId = await this.sell(rep, reached);
      await this.sign(rep, contractId);
      this.outcome.cycleMs = performance.now() - this.started;
      await reached('EFFECTIVE', contractId);
    } catch (error) {
      this.outcome.stoppedAt = error instanceof Error ? error.message : String(error);
    }
    return this.outcome;
  }

  /** Quotation: draft, preview, submit, approvals, send, accept; gives the contract that comes of it. */
  private async sell(rep: HttpSession, reached: Reached): Promise<string> {
    const { qty, unitNet, termDays, nonStandardClauses } = this.terms;
    const quote = await rep.post<Quote>('/quotes', {
      opportunityId: this.deal.id,
      customerId: this.deal.customer?.id,
      currency: this.deal.amount?.currency,
      lines: [{ productId: this.deal.product?.id, qty, unitNet }],
      termDays,
      nonStandardClauses,
    });
    this.outcome.total = quote.total.amount;
    this.outcome.currency = quote.total.currency;
    const preview = await rep.post<Preview>(`/quotes/${quote.id}/preview`);
    this.outcome.lane = laneOf(preview);
    const { requestId } = await rep.post<{ requestId: string | null }>(`/quotes/${quote.id}/submit`, {
      planHash: preview.planHash,
    });
    if (requestId !== null) await this.approve(rep, requestId);
    await this.until(
      () => rep.get<Quote>(`/quotes/${quote.id}`),
      ({ state }) => state === 'APPROVED',
      'quote approved',
    );
    this.outcome.approvalMs = performance.now() - this.started;
    await reached('QUOTE_APPROVED', quote.id);
    await rep.post(`/quotes/${quote.id}/send`, {});
    await rep.post(`/quotes/${quote.id}/accept`, {
      acceptedBy: `${this.deal.customer?.name ?? ''} purchasing`,
    });
    await reached('QUOTE_ACCEPTED', quote.id);
    const { contractId } = await this.until(
      () => rep.get<Quote>(`/quotes/${quote.id}`),
      (view) => view.contractId !== null,
      'contract drafted',
    );
    return contractId!;
  }

  /** Contract: submit, review, seal, counter-signed text with the very bytes that were approved. */
  private async sign(rep: HttpSession, contractId: string): Promise<void> {
    const path = `/contracts/${contractId}`;
    const look = (): Promise<Contract> => rep.get<Contract>(path);
    await rep.post(`${path}/submit`);
    const { requestId } = await this.until(look, (view) => view.requestId !== null, 'contract submitted');
    await this.approve(rep, requestId!);
    await this.until(look, ({ state }) => state === 'APPROVED', 'contract approved');
    await (await this.people.as('seal')).post(`${path}/seal`);
    const text = await rep.text(`${path}/text`);
    const form = new FormData();
    form.set('signedOn', new Date().toISOString().slice(0, 10));
    form.set('file', new Blob([new Uint8Array(text)], { type: 'text/plain' }), 'counter-signed.txt');
    await (await this.people.as('backoffice')).post(`${path}/counter-signed`, form);
    await this.until(look, ({ state }) => state === 'EFFECTIVE', 'contract effective');
  }

  /** Whoever holds a seat finds it in the inbox and approves, until the request is closed. */
  private async approve(rep: HttpSession, requestId: string): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const request = await rep.get<Request>(`/requests/${requestId}`);
      if (request.state === 'APPROVED') return;
      if (request.state !== 'PENDING') throw new Error(`request ${requestId} is ${request.state}`);
      const holders = request.path.flatMap(({ seats }) =>
        seats.flatMap(({ state, holder }) => (state === 'OPEN' && holder !== null ? [holder.id] : [])),
      );
      let decided = 0;
      for (const holder of new Set(holders)) decided += await this.decideAs(holder, requestId);
      if (decided > 0) continue;
      if (performance.now() > until) throw new Error(`request ${requestId} has nobody who can decide`);
      await delay(LOOK_MS);
    }
  }

  private async decideAs(personId: string, requestId: string): Promise<number> {
    const session = this.people.decider(personId);
    if (!session) return 0;
    const { items } = await session.get<{ items: InboxItem[] }>(`/inbox?tab=todo&requestId=${requestId}`);
    let decided = 0;
    for (const { seatId, seatVersion, subjectHash } of items) {
      if (seatId === null) continue;
      const body = { action: 'APPROVE', expectedSeatVersion: seatVersion, subjectHash, comment: 'demo run' };
      decided += await session.post(`/seats/${seatId}/decisions`, body).then(() => 1, lostRace);
    }
    this.outcome.approvers += decided;
    return decided;
  }

  private async until<T>(look: () => Promise<T>, isThere: (view: T) => boolean, what: string): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const view = await look();
      if (isThere(view)) return view;
      if (performance.now() > until) throw new Error(`waited in vain: ${what}`);
      await delay(LOOK_MS);
    }
  }
}

/** Another holder of the stage was faster: the seat is no longer open. */
function lostRace(error: unknown): number {
  if (error instanceof ApiRefusal && error.status === 409) return 0;
  throw error;
}

/** `AUTO`, or the stages asked in their order: `TEAM_LEAD + LEGAL`. */
function laneOf({ lane, stages }: Preview): string {
  return lane === 'AUTO' ? 'AUTO' : stages.map(({ key }) => key).join(' + ');
}
