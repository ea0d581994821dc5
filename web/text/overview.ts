import type { JournalView, OverviewView, SyncView } from "../../model/api/views.ts";
import { count, counted } from "./numbers.ts";
import { ago } from "./times.ts";
import { isChange, type Tone } from "./words.ts";

/** The one sentence that answers: is everything in step? The parts are joined by a dot between them. */
export interface Headline {
  readonly tone: Tone;
  readonly parts: readonly string[];
}

/** @param lastChangeAt when the newest change was made, epoch ms; absent when none is known */
export function headline(overview: OverviewView, lastChangeAt: number | undefined, now: number): Headline {
  if (overview.connections.length === 0) return { tone: "quiet", parts: ["Nothing is connected yet"] };
  if (overview.syncs.length === 0) return { tone: "quiet", parts: ["Connected, but nothing is kept in step yet"] };
  const tail = lastChangeAt === undefined ? [] : [`last change ${ago(lastChangeAt, now)}`];
  const starting = startingPart(overview.syncs);
  const begin = starting ?? inStep(overview);
  const broken = brokenParts(overview);
  const choices = choiceParts(overview);
  if (broken.length > 0) return { tone: "bad", parts: [begin, ...broken, ...choices, ...tail] };
  if (starting !== undefined) return { tone: "wait", parts: [begin, ...choices, ...tail] };
  const ready = overview.syncs.filter((sync) => sync.phase === "ready");
  if (ready.length > 0) {
    const names = ready.map(({ name }) => name).join(" and ");
    return { tone: "wait", parts: [`${names} ${ready.length === 1 ? "waits" : "wait"} for you to start`, ...choices] };
  }
  if (overview.syncs.every((sync) => sync.phase === "paused")) {
    return {
      tone: "quiet",
      parts: ["Paused: changes wait until you resume", linkedPart(overview), ...choices, ...tail],
    };
  }
  const { tone, parts } = underway(overview);
  if (choices.length === 0) return { tone, parts: [begin, ...parts, ...tail] };
  return { tone: "wait", parts: [begin, ...choices, ...tail] };
}

function underway({ due, connections }: OverviewView): Headline {
  const waiting = connections.find((connection) => connection.status === "waiting");
  const work = due.waiting === 0 ? "nothing waits" : `${counted(due.waiting, "change")} on the way`;
  if (waiting === undefined) return { tone: "good", parts: [work] };
  return { tone: "wait", parts: [`waiting for ${waiting.partner}`, ...(due.waiting === 0 ? [] : [work])] };
}

function brokenParts({ connections, due }: OverviewView): string[] {
  const broken = connections.filter((connection) => connection.status === "broken").map((each) => each.partner);
  const parts: string[] = [];
  if (broken.length > 0) parts.push(`${broken.join(" and ")} ${broken.length === 1 ? "does" : "do"} not work`);
  if (due.dead > 0) parts.push(`${counted(due.dead, "change")} failed`);
  return parts;
}

function choiceParts({ syncs }: OverviewView): string[] {
  const choices = syncs.reduce((sum, sync) => sum + attentionOf(sync) + openFields(sync), 0);
  return choices === 0 ? [] : [`${counted(choices, "waits", "wait")} for you`];
}

/** While everything is paused nobody can know whether the linked contacts are in step. */
function linkedPart({ syncs }: OverviewView): string {
  return `${counted(linkedOf(syncs), "contact")} linked`;
}

/** What belongs to contacts is no contact. */
function ofContacts(syncs: readonly SyncView[]): readonly SyncView[] {
  return syncs.filter(({ resource }) => resource === "contact");
}

function linkedOf(syncs: readonly SyncView[]): number {
  return ofContacts(syncs).reduce((sum, sync) => sum + sync.counts.linked, 0);
}

function inStep({ syncs }: OverviewView): string {
  const linked = linkedOf(syncs);
  const conflicts = ofContacts(syncs).reduce((sum, sync) => sum + sync.counts.conflicts, 0);
  return `${counted(Math.max(0, linked - conflicts), "contact")} in step`;
}

function startingPart(syncs: readonly SyncView[]): string | undefined {
  const starting = syncs.filter((sync) => sync.phase === "starting");
  if (starting.length === 0) return undefined;
  const backfills = starting.flatMap((sync) => sync.progress).filter((progress) => progress.kind === "backfill");
  const seen = backfills.reduce((sum, progress) => sum + progress.seen, 0);
  const isTotalKnown = backfills.length > 0 && backfills.every((progress) => progress.total !== undefined);
  const total = backfills.reduce((sum, progress) => sum + (progress.total ?? 0), 0);
  return `Reading both sides for the first time: ${count(seen)}${isTotalKnown ? ` of ${count(total)}` : ""} contacts`;
}

/** How many links of a sync wait for a person. */
export function attentionOf({ counts }: SyncView): number {
  return counts.ambiguous + counts.conflicts + counts.findings;
}

/** How many custom fields of a sync ask a person what to do. */
export function openFields({ fieldFindings = [] }: Pick<SyncView, "fieldFindings">): number {
  return fieldFindings.filter(({ isLeftOut }) => !isLeftOut).length;
}

/** How much waits for a person: fields, contacts, deletions that are held, and what failed. */
export function waitingForYou({ syncs, due }: Pick<OverviewView, "syncs" | "due">): number {
  return syncs.reduce((sum, sync) => sum + attentionOf(sync) + sync.heldDeletions + openFields(sync), due.dead);
}

/** When the newest change among these decisions was made, epoch ms; absent when none of them changed anything. */
export function lastChangeAt(entries: readonly Pick<JournalView, "at" | "verdict">[]): number | undefined {
  const times = entries.filter(({ verdict }) => isChange(verdict)).map(({ at }) => at);
  return times.length === 0 ? undefined : Math.max(...times);
}

/** Syncs in the order in which people look at them: contacts, then what belongs to them. */
export function contactsFirst(syncs: readonly SyncView[]): readonly SyncView[] {
  return [...ofContacts(syncs), ...syncs.filter(({ resource }) => resource !== "contact")];
}

/** The syncs of one pair of sides: the one that stands first, and the others. */
export interface SidesSyncs {
  readonly first: SyncView;
  readonly others: readonly SyncView[];
}

/** The syncs by the two sides that they are between, that of the contacts first. Pure. */
export function syncsBySides(syncs: readonly SyncView[]): readonly SidesSyncs[] {
  const bySides = Map.groupBy(contactsFirst(syncs), ({ left, right }) => JSON.stringify([left, right]));
  return [...bySides.values()].flatMap(([first, ...others]) => (first === undefined ? [] : [{ first, others }]));
}
