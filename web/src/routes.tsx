import { lazy, Suspense, type ReactElement } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { useSession } from './api/session.js';
import { Shell } from './layout/shell.js';
import { LoginPage } from './login/login-page.js';
import { Failure, Loading } from './ui/page-state.js';

const InboxPage = lazy(async () => ({ default: (await import('./inbox/inbox-page.js')).InboxPage }));
const NotificationsPage = lazy(async () => ({
  default: (await import('./notifications/notifications-page.js')).NotificationsPage,
}));
const NotificationSettingsPage = lazy(async () => ({
  default: (await import('./notifications/settings-page.js')).NotificationSettingsPage,
}));
const RequestPage = lazy(async () => ({ default: (await import('./requests/request-page.js')).RequestPage }));
const QuoteListPage = lazy(async () => ({
  default: (await import('./quotes/quote-list-page.js')).QuoteListPage,
}));
const QuotePage = lazy(async () => ({ default: (await import('./quotes/quote-page.js')).QuotePage }));
const QuoteEditorPage = lazy(async () => ({
  default: (await import('./quotes/quote-editor-page.js')).QuoteEditorPage,
}));
const ContractListPage = lazy(async () => ({
  default: (await import('./contracts/contract-list-page.js')).ContractListPage,
}));
const ContractPage = lazy(async () => ({
  default: (await import('./contracts/contract-page.js')).ContractPage,
}));
const PipelinePage = lazy(async () => ({
  default: (await import('./opportunities/pipeline-page.js')).PipelinePage,
}));
const OpportunityPage = lazy(async () => ({
  default: (await import('./opportunities/opportunity-page.js')).OpportunityPage,
}));
const CustomerListPage = lazy(async () => ({
  default: (await import('./customers/customer-list-page.js')).CustomerListPage,
}));
const CustomerPage = lazy(async () => ({
  default: (await import('./customers/customer-page.js')).CustomerPage,
}));
const OpsPage = lazy(async () => ({ default: (await import('./ops/ops-page.js')).OpsPage }));
const DeliveriesPage = lazy(async () => ({
  default: (await import('./ops/deliveries-page.js')).DeliveriesPage,
}));
const FiguresPage = lazy(async () => ({ default: (await import('./figures/figures-page.js')).FiguresPage }));
const AccessPage = lazy(async () => ({ default: (await import('./audit/access-page.js')).AccessPage }));
const ErasurePage = lazy(async () => ({ default: (await import('./audit/erasure-page.js')).ErasurePage }));
const PricesPage = lazy(async () => ({ default: (await import('./pricing/prices-page.js')).PricesPage }));
const PriceListPage = lazy(async () => ({
  default: (await import('./pricing/price-list-page.js')).PriceListPage,
}));
const ImportsPage = lazy(async () => ({ default: (await import('./imports/imports-page.js')).ImportsPage }));
const PeoplePage = lazy(async () => ({ default: (await import('./org/people-page.js')).PeoplePage }));
const FormsPage = lazy(async () => ({ default: (await import('./forms/forms-page.js')).FormsPage }));
const NewFormPage = lazy(async () => ({
  default: (await import('./forms/form-editor-page.js')).NewFormPage,
}));
const FormPage = lazy(async () => ({ default: (await import('./forms/form-editor-page.js')).FormPage }));
const KindsPage = lazy(async () => ({ default: (await import('./kinds/kinds-page.js')).KindsPage }));
const PoliciesPage = lazy(async () => ({
  default: (await import('./policies/policies-page.js')).PoliciesPage,
}));
const PolicyPage = lazy(async () => ({ default: (await import('./policies/policy-page.js')).PolicyPage }));

export function ConsoleRoutes(): ReactElement {
  return (
    <Routes>
      <Route path="/login" element={<LoginPage />} />
      <Route path="/*" element={<SignedIn />} />
    </Routes>
  );
}

function SignedIn(): ReactElement {
  const session = useSession();
  const { pathname, search } = useLocation();
  if (session.isPending) return <Loading />;
  if (session.data === undefined)
    return <Failure error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === null)
    return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />;
  return (
    <Shell>
      <Suspense fallback={<Loading />}>
        <Routes>
          <Route path="inbox" element={<InboxPage />} />
          <Route path="notifications" element={<NotificationsPage />} />
          <Route path="notifications/settings" element={<NotificationSettingsPage />} />
          <Route path="requests/:id" element={<RequestPage />} />
          <Route path="forms" element={<FormsPage />} />
          <Route path="forms/new/:kind" element={<NewFormPage />} />
          <Route path="forms/:id" element={<FormPage />} />
          <Route path="request-kinds" element={<KindsPage />} />
          <Route path="opportunities" element={<PipelinePage />} />
          <Route path="opportunities/:id" element={<OpportunityPage />} />
          <Route path="quotes" element={<QuoteListPage />} />
          <Route path="quotes/new" element={<QuoteEditorPage />} />
          <Route path="quotes/:id" element={<QuotePage />} />
          <Route path="quotes/:id/edit" element={<QuoteEditorPage />} />
          <Route path="contracts" element={<ContractListPage />} />
          <Route path="contracts/:id" element={<ContractPage />} />
          <Route path="customers" element={<CustomerListPage />} />
          <Route path="customers/:id" element={<CustomerPage />} />
          <Route path="ops" element={<OpsPage />} />
          <Route path="ops/deliveries" element={<DeliveriesPage />} />
          <Route path="figures" element={<FiguresPage />} />
          <Route path="access" element={<AccessPage />} />
          <Route path="erasure" element={<ErasurePage />} />
          <Route path="prices" element={<PricesPage />} />
          <Route path="prices/:id" element={<PriceListPage />} />
          <Route path="imports" element={<ImportsPage />} />
          <Route path="policies" element={<PoliciesPage />} />
          <Route path="policies/:id" element={<PolicyPage />} />
          <Route path="people" element={<PeoplePage />} />
          <Route path="*" element={<Navigate to="/inbox" replace />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
