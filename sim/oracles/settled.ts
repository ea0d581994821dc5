import { otherSide } from "../../model/record.ts";
import type { World } from "../world.ts";

/**
 * What is typed in one go, with no longer pause than the side's settle time, is not carried before it has rested.
 * SPEC: Q18.
 */
export async function interrupted({ ledger, network }: World): Promise<readonly string[]> {
  return ledger.bursts.flatMap(({ from, until, side, acrossId }) => {
    const writes = network.calls.filter(
      (call) =>
        call.side === otherSide(side) &&
        call.method === "PUT" &&
        call.path.includes(`/${acrossId}`) &&
        call.at > from &&
        call.at < until,
    );
    return writes.map(({ at }) => `at ${at} a write carried what was being typed on the ${side} from ${from} on`);
  });
}
