import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { News } from "../../engine/ports.ts";
import type { CallRecord } from "../../kit/http.ts";
import type { AllowanceView } from "../../model/api/views.ts";
import type { DueCounts } from "../../store/port.ts";

/** The hub's metrics, for Prometheus. */
export interface Metrics {
  readonly webhook: (connectorId: string, verdict: string) => void;
  readonly news: (news: News) => void;
  readonly call: (workspaceId: string, connectionId: string, call: CallRecord) => void;
  /** One answered API request. `seconds` from first byte to answer. */
  readonly request: (route: string, status: number, seconds: number) => void;
  /** Has the allowances of connections asked for whenever the metrics are read. Once. */
  readonly watchAllowances: (read: () => readonly AllowancesOfConnection[]) => void;
  readonly contentType: string;
  readonly text: () => Promise<string>;
}

/** Due keys per workspace, asked for when the metrics are read. */
export type DueByWorkspace = () => Promise<ReadonlyMap<string, DueCounts>>;

/** How far the allowances of one connection are used. */
export interface AllowancesOfConnection {
  readonly workspaceId: string;
  readonly connectionId: string;
  readonly allowances: readonly AllowanceView[];
}

/** The label of whatever is named from outside and does not exist. */
const OTHER = "other";

const SECONDS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/**
 * A registry of its own, so that several hubs in one process do not count together.
 * @param connectorIds those that webhooks are counted by; anybody may name others in an address, and they count as one.
 */
export function createMetrics(connectorIds: ReadonlySet<string>, dueByWorkspace: DueByWorkspace): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const webhooks = new Counter({
    name: "kith_webhooks_total",
    help: "Webhooks received, by connector (`other` for those there are not) and verdict.",
    labelNames: ["connector", "verdict"],
    registers,
  });
  const reconciles = new Counter({
    name: "kith_reconciles_total",
    help: "Decisions about links, by verdict.",
    labelNames: ["workspace", "sync", "verdict"],
    registers,
  });
  const calls = new Histogram({
    name: "kith_partner_call_seconds",
    help: "Calls to partners, by connection, method and status; 0 when no answer came.",
    labelNames: ["workspace", "connection", "method", "status"],
    buckets: SECONDS,
    registers,
  });
  const requests = new Histogram({
    name: "kith_api_request_seconds",
    help: "Requests to the hub's own API, by route and status.",
    labelNames: ["route", "status"],
    buckets: SECONDS,
    registers,
  });
  registerDue(registry, dueByWorkspace);
  return {
    webhook: (named, verdict) => webhooks.inc({ connector: connectorIds.has(named) ? named : OTHER, verdict }),
    news: (news) => {
      if (news.kind !== "link") return;
      reconciles.inc({ workspace: news.workspaceId, sync: news.syncId, verdict: news.verdict });
    },
    call: (workspace, connection, { method, status, ms }) =>
      calls.observe({ workspace, connection, method, status: String(status) }, ms / 1_000),
    request: (route, status, seconds) => requests.observe({ route, status: String(status) }, seconds),
    watchAllowances: (read) => registerAllowances(registry, read),
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}

function registerDue(registry: Registry, dueByWorkspace: DueByWorkspace): void {
  new Gauge({
    name: "kith_due_keys",
    help: "Keys that are due, by state: waiting (now or later), retrying (failed before), dead (waits for a person).",
    labelNames: ["workspace", "state"],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [workspace, counts] of await dueByWorkspace()) {
        for (const state of ["waiting", "retrying", "dead"] as const) this.set({ workspace, state }, counts[state]);
      }
    },
  });
}

/** What of an allowance is told, under which name, and how it is explained. */
const OF_ALLOWANCE = [
  ["requests", "kith_allowance_requests", "Calls that a limit of a partner allows in its window."],
  ["used", "kith_allowance_used", "Calls that are in the window of a limit now."],
  ["waiting", "kith_allowance_waiting", "Calls that wait for the allowance now."],
] as const;

function registerAllowances(registry: Registry, read: () => readonly AllowancesOfConnection[]): void {
  for (const [part, name, help] of OF_ALLOWANCE) {
    new Gauge({
      name,
      help,
      labelNames: ["workspace", "connection", "limit"],
      registers: [registry],
      collect() {
        this.reset();
        for (const { workspaceId, connectionId, allowances } of read()) {
          for (const allowance of allowances) {
            this.set({ workspace: workspaceId, connection: connectionId, limit: allowance.name }, allowance[part]);
          }
        }
      },
    });
  }
}
