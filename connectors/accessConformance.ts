import { expect, test } from "vitest";
import {
  type CallContext,
  type Connector,
  type Credential,
  checkedSettings,
  type OpenConnection,
  type ResourcePartner,
} from "../kit/index.ts";
import { Failure } from "../model/errors.ts";
import type { Fields } from "../model/value.ts";
import { turn } from "../test/turn.ts";
import type { ConformanceWorld } from "./conformance.ts";
import { failureOf, live, oneChange } from "./suiteConformance.ts";

/** How a connector is tried within its allowance, and without a credential that holds. */
export interface AccessOptions {
  /** Settings of a small allowance, of a dozen calls or so, under the limit that the connector names first. */
  readonly allowance: Readonly<Record<string, unknown>>;
  /** A cheap read, relative to the API's address; by the settings. */
  readonly probe: (settings: Readonly<Record<string, unknown>>) => string;
  /** Whether the credential ends and is exchanged for another. */
  readonly canExpire?: boolean;
}

/** What the tests of access work on. */
export interface AccessRig {
  readonly world: ConformanceWorld;
  readonly records: ResourcePartner;
  readonly open: OpenConnection;
  /** Another connection to the same account. */
  readonly opened: (settings: Readonly<Record<string, unknown>>, credential: KeptCredential) => OpenConnection;
}

/** A credential, and how often another was stored in its place. */
export interface KeptCredential {
  current: Credential;
  stored: number;
}

/** A connector keeps to what it is allowed, and to nothing once it is allowed nothing. */
export function testAccess(
  connector: Connector,
  options: AccessOptions,
  sample: Fields,
  isKept: boolean,
  rigOf: () => AccessRig,
): void {
  const settingsOf = ({ connection }: ConformanceWorld, more = {}) => ({ ...Object(connection.settings), ...more });
  const probing = (open: OpenConnection, settings: object, context: CallContext) =>
    open.session(context).http.request({
      method: "GET",
      path: options.probe(Object(checkedSettings(connector, { id: "probe", settings }))),
      doing: "try the connection",
    });

  test("P17 a burst of three times the allowance gets through, and the partner need never refuse a call", async () => {
    const { world, opened } = rigOf();
    if (world.limit === undefined) throw new Error("the world must be able to limit calls");
    const settings = settingsOf(world, options.allowance);
    const [limit] = connector.limits(checkedSettings(connector, { id: "limits", settings }));
    if (limit === undefined) throw new Error("the connector must name a limit");
    world.limit(limit.requests, limit.perMs);
    const open = opened(settings, { current: world.credential, stored: 0 });
    const count = limit.requests * 3;
    const burst = await ridden(world, open, count, (context) => probing(open, settings, context));
    expect(burst.statuses).toEqual(Array.from({ length: count }, () => 200));
    // They can not all have gone at once.
    expect(burst.tookMs).toBeGreaterThanOrEqual(limit.perMs * 2);
    await open.close();
  });

  test("P18 a credential that is revoked in the middle is refused from then on, and nothing more is written", async () => {
    const { world, records, open } = rigOf();
    if (world.revoke === undefined) throw new Error("the world must be able to revoke the credential");
    const { externalId } = await records.create(live(), sample);
    const found = await records.read(live(), externalId);
    if (found === "gone") throw new Error("what was made should be there");
    world.revoke();
    const before = world.stored?.();
    expect((await failureOf(open.check(live()))).kind).toBe("unauthorized");
    if (isKept) return;
    const attempts = [
      () => records.read(live(), externalId),
      () => records.create(live(), sample),
      () => records.update(live(), externalId, oneChange(sample), found.fields),
      () => records.delete(live(), externalId),
    ];
    for (const attempt of attempts) expect((await failureOf(attempt())).kind).toBe("unauthorized");
    expect(before, "the world must tell what the partner holds").toBeDefined();
    expect(world.stored?.()).toEqual(before);
  });

  if (options.canExpire !== true) return;

  test("P19 a credential that has ended is exchanged once, however many calls find it ended", async () => {
    const { world, opened } = rigOf();
    if (world.expire === undefined) throw new Error("the world must be able to end the token");
    const settings = settingsOf(world);
    const kept = { current: world.credential, stored: 0 };
    const open = opened(settings, kept);
    await probing(open, settings, live());
    const [before, held] = [kept.stored, kept.current];
    world.expire(held);
    const context = live();
    await Promise.all(Array.from({ length: 6 }, () => probing(open, settings, context)));
    expect(kept.stored - before).toBe(1);
    expect(kept.current).not.toEqual(held);
    // Each was sent again once at most.
    expect(context.calls.length).toBeLessThanOrEqual(12);
    await open.close();
  });
}

/** How far time is moved at once: less than a call may take, since calls may set out on the way. */
const STEP_MS = 2_000;

/** Makes so many calls at once; whoever is told to wait comes back then, as the engine does. */
async function ridden(
  { clock }: ConformanceWorld,
  open: OpenConnection,
  count: number,
  call: (context: CallContext) => Promise<unknown>,
) {
  const startedAt = clock.now();
  const context = live();
  let [done, resting] = [0, 0];
  const rider = async (): Promise<void> => {
    try {
      await call(context);
    } catch (thrown) {
      // A refusal by the partner carries its status; our own budget's has none.
      const isOurs = thrown instanceof Failure && thrown.kind === "rate_limited" && thrown.details.status === undefined;
      if (!isOurs) throw thrown;
      resting += 1;
      const restMs = Math.max(1, (thrown.details.retryAt ?? 0) - clock.now());
      await new Promise<void>((resolve) => void clock.after(restMs, resolve));
      resting -= 1;
      return rider();
    }
  };
  const riders = Array.from({ length: count }, () => rider().finally(() => (done += 1)));
  const all = Promise.all(riders);
  // Looked at below; a failure before that is no unhandled one.
  all.catch(() => undefined);
  while (done < count) {
    // Time stands still while calls are under way.
    if (done + resting + (open.budget.usage()[0]?.waiting ?? 0) < count) await turn();
    else await clock.advance(STEP_MS);
  }
  await all;
  return { statuses: context.calls.map(({ status }) => status), tookMs: clock.now() - startedAt };
}
