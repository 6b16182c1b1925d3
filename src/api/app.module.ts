import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import type { DataSource } from 'typeorm';
import { generalSubject } from '../commands/approval/general.subject.js';
import { stageSubject } from '../commands/approval/stage.subject.js';
import { revocationSubject } from '../commands/approval/revocation.subject.js';
import { registerSubjects } from '../commands/approval/subjects.js';
import { contractSubject } from '../commands/contract/contract.subject.js';
import { splitSubject } from '../commands/opportunity/split.subject.js';
import { quoteSubject } from '../commands/quote/quote.subject.js';
import { ActivitiesModule } from './activities/activities.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { ContractsModule } from './contracts/contracts.module.js';
import { CustomersModule } from './customers/customers.module.js';
import { DatabaseModule } from './database.module.js';
import { FiguresModule } from './figures/figures.module.js';
import { FormsModule } from './forms/forms.module.js';
import { HealthModule } from './health/health.module.js';
import { AccessLog } from './http/access-log.js';
import { AuthGuard } from './http/auth.guard.js';
import { HttpModule } from './http/http.module.js';
import { OidcVerifier } from './http/oidc.js';
import { ProblemFilter } from './http/problem.filter.js';
import type { ApiSettings } from './http/settings.js';
import { createValidationPipe } from './http/validation.js';
import { ImportsModule } from './imports/imports.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { LinksModule } from './links/links.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { OffersModule } from './offers/offers.module.js';
import { OpportunitiesModule } from './opportunities/opportunities.module.js';
import { OpsModule } from './ops/ops.module.js';
import { OrgModule } from './org/org.module.js';
import { PipelinesModule } from './pipelines/pipelines.module.js';
import { PoliciesModule } from './policies/policies.module.js';
import { PricingModule } from './pricing/pricing.module.js';
import { ProductsModule } from './products/products.module.js';
import { QuotesModule } from './quotes/quotes.module.js';
import { CollectionModule } from './collection/collection.module.js';
import { ReceivablesModule } from './receivables/receivables.module.js';
import { RequestKindsModule } from './request-kinds/request-kinds.module.js';
import { RequestsModule } from './requests/requests.module.js';
import { SeatsModule } from './seats/seats.module.js';
import { SigningModule } from './signing/signing.module.js';

registerSubjects({
  GENERAL: generalSubject,
  STAGE: stageSubject,
  QUOTE: quoteSubject,
  CONTRACT: contractSubject,
  REVOCATION: revocationSubject,
  SPLIT: splitSubject,
});

/** Every resource of the API: one line of `imports` each. */
@Module({
  imports: [
    HttpModule,
    HealthModule,
    FiguresModule,
    AuthModule,
    AuditModule,
    OrgModule,
    OpsModule,
    ImportsModule,
    CustomersModule,
    ProductsModule,
    PricingModule,
    OffersModule,
    OpportunitiesModule,
    PipelinesModule,
    ContactsModule,
    ActivitiesModule,
    InboxModule,
    LinksModule,
    NotificationsModule,
    PoliciesModule,
    ContractsModule,
    QuotesModule,
    ReceivablesModule,
    CollectionModule,
    RequestKindsModule,
    FormsModule,
    RequestsModule,
    SeatsModule,
    SigningModule,
  ],
  providers: [
    OidcVerifier,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_INTERCEPTOR, useClass: AccessLog },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: createValidationPipe },
  ],
})
export class AppModule {
  static with(dataSource: DataSource, settings: ApiSettings): DynamicModule {
    return {
      module: AppModule,
      imports: [DatabaseModule.with(dataSource, settings)],
    };
  }
}
