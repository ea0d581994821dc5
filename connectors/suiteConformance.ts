import { type CallContext, followPages, PRIORITIES, type ResourcePartner } from "../kit/index.ts";
import { Failure } from "../model/errors.ts";
import type { Snapshot } from "../model/record.ts";
import type { Changes, Fields } from "../model/value.ts";

/** What the suites that connectors inherit have in common. */

/** A call as for somebody who waits, with nothing noted yet. */
export function live(): CallContext {
  return { priority: PRIORITIES.live, calls: [] };
}

/** The failure that work ends with. @throws Error when it ends with none */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const thrown = await work.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (thrown instanceof Failure) return thrown;
  throw new Error(`a Failure was expected, not ${String(thrown)}`);
}

/** Sets the first of these fields. */
export function oneChange(values: Fields): Changes {
  return allChanges(Object.fromEntries(Object.entries(values).slice(0, 1)));
}

/** Sets each of these fields. */
export function allChanges(values: Fields): Changes {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { kind: "set", value }]));
}

/** Every row of a listing, page after page. @param since only what changed then or later, epoch ms */
export async function listAll(records: ResourcePartner, context = live(), since?: number): Promise<Snapshot[]> {
  const all: Snapshot[] = [];
  const fetchPage = (cursor: string | undefined) =>
    records.list(context, { ...(cursor !== undefined && { cursor }), ...(since !== undefined && { since }) });
  for await (const page of followPages(fetchPage)) all.push(...page.records);
  return all;
}
