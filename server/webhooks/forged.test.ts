import { expect, test } from "vitest";
import { seededRandom } from "../../sandbox/random.ts";
import { forgedIntake, LOCATION } from "../../test/forgedIntake.ts";
import { forgeries, genuine, signing, WAYS } from "../../test/forgeries.ts";
import type { Verdict } from "./index.ts";

const SEED = 20_261;
const COUNT = 10_000;
/** What a forgery may come to. `misdirected` is none of them: it is only said of what was proved. */
const REFUSALS: readonly Verdict[] = ["forged", "unsigned", "malformed", "unknown"];

test(`W20 none of ${COUNT} forged or altered webhooks is accepted, and none goes wrong (seed ${SEED})`, async () => {
  const keys = signing(2_048);
  const { take, passed, errors } = forgedIntake(keys);
  const overheard = genuine(40, LOCATION, keys);
  const met = new Map<string, Set<Verdict>>();
  for (const { how, ...wired } of forgeries(COUNT, overheard, keys, seededRandom(SEED))) {
    const verdict = await take(wired);
    met.set(how, (met.get(how) ?? new Set()).add(verdict));
  }
  expect(passed).toEqual({ kept: 0, told: 0 });
  expect(errors).toEqual([]);
  expect([...met.keys()].sort()).toEqual([...WAYS].sort());
  const verdicts = new Set([...met.values()].flatMap((some) => [...some]));
  expect([...verdicts].sort()).toEqual([...REFUSALS].sort());
});

test("W20 the webhooks that the forgeries were made of are taken", async () => {
  const keys = signing(2_048);
  const { take } = forgedIntake(keys);
  const verdicts = await Promise.all(genuine(40, LOCATION, keys).map(take));
  expect(new Set(verdicts)).toEqual(new Set(["accepted", "ignored"]));
});
