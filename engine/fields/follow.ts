import { asFailure, type Failure } from "../../model/errors.ts";
import type { FieldAnswer } from "../../model/fieldFindings.ts";
import { PRIORITIES } from "../../model/priority.ts";
import { SIDES } from "../../model/record.ts";
import { isEmpty, type Value } from "../../model/value.ts";
import { isBackfilled } from "../backfill/progress.ts";
import { listingMark } from "../backfill/schedule.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { isQuiet, plan } from "../merge/plan.ts";
import type { Effect, FieldFinding, FieldWatch, Link, Sync } from "../ports.ts";
import type { Handling } from "../queue/failing.ts";
import { type Key, keyText } from "../queue/keys.ts";
import { type Attempt, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { observed } from "../reconcile/pair.ts";
import { lookMark } from "./keeper.ts";
import { answered, findingAt, lostOptions, takenAsItIs, withFinding } from "./watch.ts";

/**
 * What follows when a mapped custom field is not what it was, or is again: the records that it concerns are counted, and
 * those that have something to carry by now are marked. No record is asked for at a partner here.
 * Source: docs/SPEC.md M24 to M26.
 */

const BATCH = 500;

/** Counts what the findings of the sync concern, and marks every link that the mapping of now has work for. */
export async function followFields(context: LaneContext, attempt: Attempt): Promise<Outcome> {
  const { sync } = attempt.open;
  const mapping = await attempt.open.mapping(attempt.calls);
  const { known, findings } = await context.fields.known(sync);
  const counts = new Map(findings.filter(({ records }) => records === undefined).map((finding) => [finding, 0]));
  let afterId: string | undefined;
  do {
    const page = { limit: BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const links = await context.store.linksAfter(sync.workspaceId, sync.id, { ...page, states: ["half", "linked"] });
    for (const [finding, count] of counts) {
      const was = known[finding.side][finding.key];
      counts.set(finding, count + links.filter((link) => concerns(finding, lostOf(was, finding), link)).length);
    }
    const marks = links.filter((link) => hasWork(mapping, link)).map((link) => linkMark(context, sync, link.id));
    if (marks.length > 0) await context.store.apply(context.lane, marks);
    afterId = links.at(-1)?.id;
  } while (afterId !== undefined);
  await storeCounts(context, sync, counts);
  tell(context, sync);
  return { effects: await comparisons(context, sync) };
}

type Lost = readonly string[] | undefined;

function lostOf(was: FieldWatch["known"]["left"][string] | undefined, { change, now }: FieldFinding): Lost {
  return change === "options" && was !== undefined ? lostOptions(was, now) : undefined;
}

/** Whether either side is known to hold something in the field, or one of the options that it lost. */
function concerns({ side, key }: FieldFinding, lost: Lost, link: Link): boolean {
  const named = side === "left" ? (agreement: string) => agreement.startsWith(`${key}>`) : isRightOf(key);
  const agreed = Object.entries(link.base).flatMap(([agreement, entry]) => (named(agreement) ? entry : []));
  const shown = link[side]?.fields[key];
  return [...agreed, ...(shown === undefined ? [] : [shown])].some((value) => holds(value, lost));
}

function isRightOf(key: string): (agreement: string) => boolean {
  return (agreement) => agreement.includes(`>${key}:`);
}

function holds(value: Value, lost: Lost): boolean {
  if (lost === undefined) return !isEmpty(value);
  const texts = (typeof value === "object" ? value : [String(value)]).map((text) => text.trim().toLowerCase());
  return lost.some((option) => texts.includes(option.trim().toLowerCase()));
}

/** Whether planning anew would do anything, or a custom field was not shown when its record was last read. */
function hasWork(mapping: Mapping, link: Link): boolean {
  const { left, right } = link;
  if (link.state !== "linked" || left === undefined || right === undefined) return false;
  const pair = { left, right };
  const isUnseen = mapping.fields.some((field) =>
    SIDES.some((side) => field.isCustom[side] && pair[side].fields[field.keys[side]] === undefined),
  );
  if (isUnseen) return true;
  const planned = plan({ mapping, base: link.base, left: observed(left), right: observed(right) });
  return !isQuiet(planned);
}

function linkMark(context: LaneContext, { id }: Sync, linkId: string): Effect {
  const key = keyText({ kind: "link", linkId });
  const mark = { priority: PRIORITIES.sweep, dueAt: context.clock.now(), reason: "follow" } as const;
  return { kind: "mark", mark: { key, syncId: id, ...mark } };
}

/** An option that no record holds is not missed: the field goes on as it is now. */
async function storeCounts(context: LaneContext, sync: Sync, counts: ReadonlyMap<FieldFinding, number>): Promise<void> {
  const before = await context.fields.known(sync);
  let watch = before;
  let isTakenUp = false;
  for (const [{ side, key }, records] of counts) {
    const finding = findingAt(watch, side, key);
    if (finding === undefined || finding.records !== undefined) continue;
    const isUnused = finding.change === "options" && records === 0 && finding.isLeftOut !== true;
    isTakenUp ||= isUnused;
    watch = isUnused ? takenAsItIs(watch, finding) : withFinding(watch, { ...finding, records });
  }
  if (watch === before) return;
  await context.fields.put(watch, isTakenUp ? [lookMark(sync.id, context.clock.now())] : []);
}

/** What came in at a side while a field was left out, and was not read, is found by a full comparison. */
async function comparisons(context: LaneContext, sync: Sync): Promise<readonly Effect[]> {
  if (!(await isBackfilled(context, sync))) return [];
  return SIDES.map((side) => listingMark("sweep", sync, side, context.clock.now()));
}

type AnswerKey = Extract<Key, { kind: "fieldOut" | "fieldAgain" | "fieldTo" }>;

/** Carries a person's answer out, once; what no longer applies changes nothing. */
export async function takeAnswer(context: LaneContext, attempt: Attempt, key: AnswerKey): Promise<Outcome> {
  const { sync } = attempt.open;
  const now = context.clock.now();
  // The catalogues are read first: what is answered is what they say now.
  await attempt.open.mapping(attempt.calls, now);
  const before = await context.fields.known(sync);
  const after = answered(before, answerOf(key), now);
  if (after === before) return SETTLED;
  await context.fields.put(after, [lookMark(sync.id, now)]);
  await attempt.open.mapping(attempt.calls);
  tell(context, sync);
  return SETTLED;
}

function answerOf(key: AnswerKey): FieldAnswer {
  const { side, field } = key;
  switch (key.kind) {
    case "fieldOut":
      return { kind: "leaveOut", side, field };
    case "fieldAgain":
      return { kind: "again", side, field };
    case "fieldTo":
      return { kind: "mapTo", side, field, to: key.to };
    default:
      return key satisfies never;
  }
}

/** Open pages look again. */
function tell(context: LaneContext, { workspaceId, left }: Sync): void {
  context.news({ kind: "connection", workspaceId, connectionId: left });
}

/**
 * Whether a partner refused values because its custom fields are not what they were thought to be: the key is worked
 * again, by what they are now.
 */
export async function isForOldFields(context: LaneContext, handling: Handling, failure: Failure): Promise<boolean> {
  if (failure.kind !== "rejected") return false;
  const open = context.syncs.open(handling.due.syncId);
  if (open === undefined) return false;
  try {
    const before = await open.mapping(handling.calls);
    const hasCustom = before.fields.some(({ isCustom }) => isCustom.left || isCustom.right);
    return hasCustom && (await open.mapping(handling.calls, context.clock.now())) !== before;
  } catch (thrown) {
    // A lane that was taken shows at the next write; of all else the refusal itself says more.
    if (asFailure(thrown).kind === "bug") throw thrown;
    return false;
  }
}
