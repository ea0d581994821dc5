import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  anyConnector,
  type Connector,
  type Credential,
  type HttpRequest,
  type OpenConnection,
  openConnection,
  partnerAgent,
} from "../kit/index.ts";
import { manualClock } from "../kit/manualClock.ts";
import type { ErrorKind } from "../model/errors.ts";
import { type Answering, answering } from "../test/answering.ts";
import { failureOf, live } from "./suiteConformance.ts";

/** An error of the partner's contract: what it answers, and what that means. */
export type ErrorRow = readonly [
  status: number,
  body: string | object | undefined,
  kind: ErrorKind,
  request?: Partial<Pick<HttpRequest, "method" | "path">>,
];

/** What the suite is told of a connector's errors. */
export interface ErrorOptions<Settings> {
  readonly connector: Connector<Settings>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** A plain token where it is not said; by the address of the partner, where it may be exchanged for another. */
  readonly credential?: (url: string) => Credential;
  /** A request for one record, in answer to which the errors come unless their row names another. */
  readonly path: string;
  /** Every error that the partner's contract names. */
  readonly errors: readonly ErrorRow[];
}

/** What a credential of these tests holds. */
export const SECRET = "token-of-a-test-1";

/** What no partner means otherwise, whatever is in between. */
const EVERYWHERE: readonly ErrorRow[] = [
  [429, undefined, "rate_limited"],
  [500, undefined, "unavailable"],
  [502, "<html>Bad gateway</html>", "unavailable"],
  [503, undefined, "unavailable"],
  [504, "upstream timed out", "unavailable"],
  [302, undefined, "unavailable"],
  [401, undefined, "unauthorized"],
];

/** Each error of a partner's contract, sent over HTTP, fails with the kind that says what happens next. */
export function describeErrors<Settings>(options: ErrorOptions<Settings>): void {
  const connector = anyConnector(options.connector);
  const token = { kind: "token", token: SECRET } as const;
  const agent = partnerAgent(1);
  let partner: Answering;
  let open: OpenConnection;

  beforeEach(async () => {
    partner = await answering();
    const credential = options.credential?.(partner.url) ?? token;
    const names = Object.keys(connector.baseUrls(options.settings));
    open = openConnection({
      connector,
      connection: {
        id: connector.id,
        settings: options.settings,
        baseUrls: Object.fromEntries(names.map((name) => [name, partner.url])),
      },
      credential: { load: async () => credential, store: async () => {} },
      clock: manualClock(Date.UTC(2026, 2, 6, 12)),
      random: () => 0.5,
      dispatcher: agent,
    });
  });

  afterEach(async () => {
    await open.close();
    await partner.close();
  });

  describe(`the errors of ${connector.name}`, () => {
    const rows = [...EVERYWHERE, ...options.errors].map(([status, body, kind, request = {}]) => {
      return { status, body, kind, request, said: JSON.stringify(body) };
    });
    test.each(rows)("P45 $status with $said fails as $kind", async ({ status, body, kind, request }) => {
      partner.say({ status, ...(body !== undefined && { body }) });
      const { http } = open.session(live());
      const wanted = { method: "GET", path: options.path, doing: "read a record", ...request } as const;
      const failure = await failureOf(http.request(wanted));
      expect(failure.kind).toBe(kind);
      expect(JSON.stringify([failure.message, failure.details])).not.toContain(SECRET);
    });
  });
}
