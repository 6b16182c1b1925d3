import { sumAmounts } from '../../domain/money.js';
import type { HttpSession } from '../http-session.js';
import { DealRun, type DealOutcome } from './deal-run.js';
import type { DemoPeople } from './people.js';

/** A won deal of the file, with what the system knows it by. */
export interface DealToWalk {
  number: string;
  agent: string;
  customer: { id: string; name: string };
  product: { id: string; name: string; list: string };
  closeValue: string;
}

/** What became of one deal that was walked from its first stage into the archive. */
export interface WalkOutcome {
  number: string;
  /** of the contract, as it lies in the archive; null when it did not get there */
  archived: { total: string; plan: string } | null;
  /** decisions people took for it */
  approvers: number;
  /** seconds at each stage, in the order it was passed */
  stages: readonly { stage: string; seconds: number }[];
  /** where it stopped; null when it is archived */
  stoppedAt: string | null;
}

interface Opportunity {
  id: string;
  number: string;
  rowVersion: number;
  stage: string;
  criteria: { stage: string; criterion: { kind: string; key?: string }; met: boolean }[];
  planned: { id: string; rowVersion: number }[];
  /** newest first */
  history: { stage: string; enteredAt: string; leftAt: string | null }[];
}
interface Contract {
  total: { amount: string };
  plan: { amount: { amount: string } }[];
  milestones: { id: string; doneOn: string | null }[];
  state: string;
}

const DAY_MS = 86_400_000;
const CURRENCY = 'CNY';
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const next = () => ({ kind: 'CALL', plannedOn: inDays(3), subject: '跟进 Follow up' });

/** Walks a deal as its people would: found, qualified, presented, quoted, negotiated, signed, delivered, archived. */
export class DealWalk {
  private opportunityId = '';
  private archived: WalkOutcome['archived'] = null;

  constructor(
    private readonly people: DemoPeople,
    private readonly deal: DealToWalk,
    private readonly index: number,
  ) {}

  async run(): Promise<WalkOutcome> {
    try {
      const rep = await this.people.ofName(this.deal.agent);
      this.opportunityId = await this.found(rep);
      await this.advance(rep, ['QUALIFIED', 'PROPOSAL', 'QUOTED']);
      const { approvers, stoppedAt } = await this.sell(rep);
      return this.outcome({ approvers, stages: await this.times(rep), stoppedAt });
    } catch (error) {
      return this.outcome({ stoppedAt: error instanceof Error ? error.message : String(error) });
    }
  }

  private outcome(more: Partial<WalkOutcome> & Pick<WalkOutcome, 'stoppedAt'>): WalkOutcome {
    return { number: this.deal.number, archived: this.archived, approvers: 0, stages: [], ...more };
  }

  /** Quotation and contract; the deal goes on as they do. */
  private sell(rep: HttpSession): Promise<DealOutcome> {
    const { customer, product, closeValue, number, agent } = this.deal;
    const deal = {
      id: this.opportunityId,
      number,
      customer,
      product,
      owner: { id: rep.personId, name: agent },
      amount: { amount: closeValue, currency: CURRENCY },
    };
    return DealRun.of(this.people, deal, this.index, product.list).run(async (what, id) => {
      if (what === 'QUOTE_APPROVED') await this.advance(rep, ['NEGOTIATION']);
      if (what === 'QUOTE_ACCEPTED') await this.advance(rep, ['CONTRACTING']);
      if (what !== 'EFFECTIVE') return;
      await this.advance(rep, ['WON']);
      this.archived = await this.deliver(rep, id);
    });
  }

  /** The need is heard: a deal at the first stage, with somebody who decides. */
  private async found(rep: HttpSession): Promise<string> {
    const { customer, product, closeValue } = this.deal;
    const { id } = await rep.post<Opportunity>('/opportunities', {
      customerId: customer.id,
      productId: product.id,
      title: `${product.name} · ${customer.name}`,
      amount: { amount: closeValue, currency: CURRENCY },
      expectedClose: inDays(30),
      next: next(),
    });
    const contact = await rep.post<{ id: string }>('/contacts', {
      customerId: customer.id,
      name: `采购 ${this.deal.number}`,
      title: 'Head of purchasing',
    });
    await rep.put(`/opportunities/${id}/contacts/${contact.id}`, { roles: ['DECIDER'] });
    return id;
  }

  private async advance(rep: HttpSession, stages: readonly string[]): Promise<void> {
    for (const stage of stages) {
      await this.meet(rep);
      const { rowVersion } = await this.look(rep);
      await rep.post(`/opportunities/${this.opportunityId}/stage`, { stage, next: next() }, rowVersion);
    }
  }

  /** What the stage asks for and a person can give: the need, a tick. Everything else has happened or the move is refused. */
  private async meet(rep: HttpSession): Promise<void> {
    const path = `/opportunities/${this.opportunityId}`;
    const deal = await this.look(rep);
    const [call] = deal.planned;
    if (call && deal.stage === 'PROSPECTING')
      await rep.post(
        `/activities/${call.id}/done`,
        { doneAt: new Date().toISOString(), twoWay: true, next: next() },
        call.rowVersion,
      );
    for (const { stage, criterion, met } of deal.criteria) {
      if (met || stage !== deal.stage) continue;
      if (criterion.kind === 'NEED_RECORDED')
        await rep.patch(
          path,
          { need: '更换旧设备 Replace what is there' },
          (await this.look(rep)).rowVersion,
        );
      if (criterion.kind === 'CHECK')
        await rep.put(`${path}/ticks`, { stage, key: criterion.key, done: true });
    }
  }

  /** Delivered, accepted, completed, archived; read back as it lies in the archive. */
  private async deliver(rep: HttpSession, contractId: string): Promise<WalkOutcome['archived']> {
    const path = `/contracts/${contractId}`;
    const { milestones } = await rep.get<Contract>(path);
    for (const { id, doneOn } of milestones)
      if (doneOn === null) await rep.post(`${path}/milestones/${id}/done`, { doneOn: inDays(0) });
    await rep.post(`${path}/complete`, {});
    await rep.post(`${path}/archive`, {});
    const { state, total, plan } = await rep.get<Contract>(path);
    if (state !== 'ARCHIVED') throw new Error(`contract ${contractId} is ${state}`);
    return { total: total.amount, plan: sumAmounts(plan.map(({ amount }) => amount.amount)).toFixed(2) };
  }

  private async times(rep: HttpSession): Promise<WalkOutcome['stages']> {
    const { history } = await this.look(rep);
    return history
      .reverse()
      .flatMap(({ stage, enteredAt, leftAt }) =>
        leftAt === null ? [] : [{ stage, seconds: (Date.parse(leftAt) - Date.parse(enteredAt)) / 1000 }],
      );
  }

  private look(rep: HttpSession): Promise<Opportunity> {
    return rep.get<Opportunity>(`/opportunities/${this.opportunityId}`);
  }
}
