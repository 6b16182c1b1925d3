import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { companyOf } from '../../commands/company.js';
import { creditOf } from '../../commands/credit/check.js';
import { transactionTime } from '../../commands/events.js';
import { activePolicy } from '../../commands/policy/policy.js';
import { creditChecks, creditCovers } from '../../domain/credit/check.js';
import type { CreditPolicy } from '../../domain/credit/policy.js';
import { Exact } from '../../domain/money.js';
import type { PricingPolicy } from '../../domain/quote/policy.js';
import { exposureParts } from '../../queries/credit/exposure.js';
import { mustSeeCustomer } from '../../queries/receivable/reach.js';
import type { Viewer } from '../../queries/org/scope.js';
import { Allow, CurrentViewer } from '../http/access.js';
import { CreditQuery, CreditView } from './customer-credit.dto.js';

/** What a customer owes a company and may come to owe it, and what a deal would be checked against. */
@ApiTags('customers')
@Controller('customers/:id/credit')
@Allow('receivable:read')
export class CustomerCreditController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @ApiOkResponse({ type: CreditView })
  async credit(
    @Param('id', ParseUUIDPipe) customerId: string,
    @Query() { companyId: named, amount = '0' }: CreditQuery,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CreditView> {
    await mustSeeCustomer(this.db, viewer, customerId);
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const now = await transactionTime(tx);
      const party = { customerId, companyId: await companyOf(tx, named ?? null) };
      const { content: pricing } = await activePolicy<PricingPolicy>(tx, 'pricing', now);
      const { content: credit } = await activePolicy<CreditPolicy>(tx, 'credit', now);
      const standing = await creditOf(tx, { ...party, number: '' }, pricing, now);
      return {
        ...party,
        baseCurrency: pricing.baseCurrency,
        creditClass: standing.facts.creditClass,
        lines: standing.lines.map(({ of, limit, used }) => ({
          of,
          limit,
          used,
          available: new Exact(limit).minus(used).toFixed(),
        })),
        exposure: await exposureParts(tx, party, credit.exposureWeights),
        checks: creditChecks(standing, amount),
        covered: creditCovers(standing, amount),
      };
    });
  }
}
