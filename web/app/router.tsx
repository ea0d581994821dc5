import { createRootRoute, createRoute, createRouter, Outlet, useRouter, useRouterState } from "@tanstack/react-router";
import type { Call, Fetch } from "../api/client.ts";
import { signOut } from "../api/session.ts";
import { AgencyPage } from "../pages/agency/page.tsx";
import { ConnectPage, PartnersPage } from "../pages/connect/page.tsx";
import { ConnectionPage } from "../pages/connection/page.tsx";
import { ConnectionsPage } from "../pages/connections/page.tsx";
import { FieldsPage } from "../pages/fields/page.tsx";
import { KeptPage } from "../pages/kept/page.tsx";
import { OperationPage } from "../pages/operation/page.tsx";
import { OperationsPage } from "../pages/operations/page.tsx";
import { OverviewPage } from "../pages/overview/page.tsx";
import { AppPage } from "../pages/partnerApp/page.tsx";
import { RecordPage } from "../pages/record/page.tsx";
import { RecordsPage } from "../pages/records/page.tsx";
import { SandboxPage } from "../pages/sandbox/page.tsx";
import { StartPage } from "../pages/start/page.tsx";
import { TranscriptPage } from "../pages/transcript/page.tsx";
import { TranscriptsPage } from "../pages/transcripts/page.tsx";
import { WaitingPage } from "../pages/waiting/page.tsx";
import { WebhooksPage } from "../pages/webhooks/page.tsx";
import { ProblemNotice } from "../parts/problem.tsx";
import { Page } from "../ui/layout.tsx";
import { Link, NavigateProvider } from "../ui/link.tsx";
import { Empty } from "../ui/notice.tsx";
import {
  CONNECTIONS,
  formatQuery,
  KeptSearch,
  OperationsSearch,
  OVERVIEW,
  PARTNERS,
  parseQuery,
  RecordsSearch,
  SandboxSearch,
  SignInSearch,
  StartSearch,
  TranscriptsSearch,
  WAITING,
  WEBHOOKS,
} from "./addresses.ts";
import { Root } from "./root.tsx";

/** The pages and their addresses. Filters and pages are part of the address, so that reload and share work. */
export function createPages({ call, fetch }: { readonly call: Call; readonly fetch: Fetch }) {
  const root = createRootRoute({
    validateSearch: SignInSearch,
    notFoundComponent: NotFound,
    component: () => <Around call={call} fetch={fetch} />,
  });
  const overview = createRoute({ getParentRoute: () => root, path: "/", component: OverviewPage });
  const records = createRoute({
    getParentRoute: () => root,
    path: "/records",
    validateSearch: RecordsSearch,
    component: () => <RecordsPage search={records.useSearch()} />,
  });
  const record = createRoute({
    getParentRoute: () => root,
    path: "/records/$linkId",
    validateSearch: RecordsSearch,
    component: () => <RecordPage linkId={record.useParams().linkId} search={record.useSearch()} />,
  });
  const waiting = createRoute({ getParentRoute: () => root, path: WAITING, component: WaitingPage });
  const webhooks = createRoute({ getParentRoute: () => root, path: WEBHOOKS, component: WebhooksPage });
  const start = createRoute({
    getParentRoute: () => root,
    path: "/start/$syncId",
    validateSearch: StartSearch,
    component: () => <StartPage syncId={start.useParams().syncId} search={start.useSearch()} />,
  });
  const fields = createRoute({
    getParentRoute: () => root,
    path: "/fields/$syncId",
    component: () => <FieldsPage syncId={fields.useParams().syncId} />,
  });
  const operations = createRoute({
    getParentRoute: () => root,
    path: "/connections/$connectionId/operations",
    validateSearch: OperationsSearch,
    component: () => (
      <OperationsPage connectionId={operations.useParams().connectionId} search={operations.useSearch()} />
    ),
  });
  const operation = createRoute({
    getParentRoute: () => root,
    path: "/connections/$connectionId/operations/$operationId",
    validateSearch: OperationsSearch,
    component: () => <OperationPage {...operation.useParams()} search={operation.useSearch()} />,
  });
  const kept = createRoute({
    getParentRoute: () => root,
    path: "/kept/$connectionId",
    validateSearch: KeptSearch,
    component: () => <KeptPage connectionId={kept.useParams().connectionId} search={kept.useSearch()} />,
  });
  const transcripts = createRoute({
    getParentRoute: () => root,
    path: "/connections/$connectionId/transcripts",
    validateSearch: TranscriptsSearch,
    component: () => (
      <TranscriptsPage connectionId={transcripts.useParams().connectionId} search={transcripts.useSearch()} />
    ),
  });
  const transcript = createRoute({
    getParentRoute: () => root,
    path: "/connections/$connectionId/transcripts/$transcriptId",
    component: () => <TranscriptPage {...transcript.useParams()} />,
  });
  const connections = createRoute({ getParentRoute: () => root, path: CONNECTIONS, component: ConnectionsPage });
  const connection = createRoute({
    getParentRoute: () => root,
    path: "/connections/$connectionId",
    component: () => <ConnectionPage connectionId={connection.useParams().connectionId} />,
  });
  const partners = createRoute({ getParentRoute: () => root, path: PARTNERS, component: PartnersPage });
  const connect = createRoute({
    getParentRoute: () => root,
    path: "/partners/$connectorId",
    component: () => <ConnectPage connectorId={connect.useParams().connectorId} />,
  });
  const app = createRoute({
    getParentRoute: () => root,
    path: "/partners/$connectorId/app",
    component: () => <AppPage connectorId={app.useParams().connectorId} />,
  });
  const agency = createRoute({
    getParentRoute: () => root,
    path: "/partners/$connectorId/agencies/$agencyId",
    component: () => <AgencyPage {...agency.useParams()} />,
  });
  const sandbox = createRoute({
    getParentRoute: () => root,
    path: "/sandbox",
    validateSearch: SandboxSearch,
    component: () => <SandboxPage search={sandbox.useSearch()} />,
  });
  return createRouter({
    routeTree: root.addChildren([
      ...[overview, records, record, waiting, webhooks, start, fields, kept, transcripts, transcript, sandbox],
      ...[connections, connection, operations, operation, partners, connect, app, agency],
    ]),
    parseSearch: parseQuery,
    stringifySearch: formatQuery,
    defaultErrorComponent: ({ error }) => <Broken error={error} />,
    scrollRestoration: true,
  });
}

function Around({ call, fetch }: { readonly call: Call; readonly fetch: Fetch }) {
  const { history } = useRouter();
  const { pathname, search } = useRouterState({ select: ({ location }) => location });
  const { error } = SignInSearch.parse(search);
  const leave = async (): Promise<void> => {
    await signOut(fetch);
    window.location.assign(OVERVIEW);
  };
  return (
    <NavigateProvider value={(address) => history.push(address)}>
      <Root call={call} path={pathname} signInError={error} onSignOut={() => void leave()}>
        <Outlet />
      </Root>
    </NavigateProvider>
  );
}

function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty title="This address leads nowhere" action={<Link to={OVERVIEW}>To the overview</Link>} />
    </Page>
  );
}

function Broken({ error }: { readonly error: unknown }) {
  return (
    <Page title="This page broke">
      <ProblemNotice
        error={error instanceof Error ? error : new Error(String(error))}
        retry={() => window.location.reload()}
      />
    </Page>
  );
}
