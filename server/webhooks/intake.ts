import type { Clock, DueMark, Log } from "../../engine/ports.ts";
import type {
  Installation,
  NoticeKey,
  NoticeRef,
  WebhookAdapter,
  WebhookNotice,
  WebhookRequest,
  WebhookVerdict,
} from "../../kit/connector.ts";
import { PRIORITIES } from "../../kit/http.ts";
import { asFailure } from "../../model/errors.ts";
import type { NewId } from "../../model/ids.ts";
import type { Fields } from "../../model/value.ts";
import type { HubStore } from "../../store/port.ts";
import type { Books } from "../connections/index.ts";
import type { Destination, Directory, KeyStart } from "./directory.ts";

/**
 * What became of a webhook. Each verdict is counted in the metrics. What was proved is kept in the log of deliveries.
 *
 * | verdict | status | when |
 * | --- | --- | --- |
 * | accepted | 200 | proved, stored, and its records are due |
 * | duplicate | 200 | this delivery was stored before |
 * | ignored | 200 | proved and kept, but about nothing that a sync here follows |
 * | malformed | 400 | not JSON, or not a notice of this partner |
 * | unsigned | 401 | carries no signature that could be checked |
 * | forged | 403 | its signature is not the partner's |
 * | misdirected | 403 | proved, but about another account than the connection in its address |
 * | unknown | 404 | no such connector or connection, or an account that no connection has |
 * | oversized | 413 | larger than `BODY_BYTES_MAX`; answered before this code is reached |
 * | unstored | 429 | proved, but the store could not keep it; HighLevel sends it again after this status only |
 */
export const VERDICTS = {
  accepted: 200,
  duplicate: 200,
  ignored: 200,
  malformed: 400,
  unsigned: 401,
  forged: 403,
  misdirected: 403,
  unknown: 404,
  oversized: 413,
  unstored: 429,
} as const;

/** One of `VERDICTS`. */
export type Verdict = keyof typeof VERDICTS;

/** The largest webhook body taken, bytes. */
export const BODY_BYTES_MAX = 1_048_576;

/** What the sender is asked to wait after a 429, seconds. */
export const RETRY_AFTER_SECONDS = 60;

/** A webhook request as it came in. */
export interface Arrival extends WebhookRequest {
  readonly connectorId: string;
  /** When the address names the connection. */
  readonly connectionId?: string;
}

/** What the intake stands on. */
export interface IntakeOptions {
  readonly directory: Directory;
  readonly store: Pick<HubStore, "acceptDelivery" | "linksByKeys">;
  /** Takes in what partners tell that can not be asked. */
  readonly books?: Pick<Books, "of">;
  readonly clock: Pick<Clock, "now">;
  readonly newId: NewId;
  readonly log: Log;
  readonly count: (connectorId: string, verdict: Verdict) => void;
  /** Called after something was stored for the workspace. */
  readonly wake: (workspaceId: string) => void;
  /** Hears that the hub's app came to an account or went from it; absent where nobody wants to know. */
  readonly onInstallation?: (told: ToldInstallation) => Promise<void>;
}

/** An installation that the partner itself told of. */
export interface ToldInstallation {
  readonly connectorId: string;
  readonly installation: Installation;
  /** The connections whose keys prove it. Which of them it concerns, if any, is the listener's to find out. */
  readonly provedBy: readonly { readonly workspaceId: string; readonly connectionId: string }[];
}

/** Takes one webhook: proves it, stores it, marks its records as due. Never throws. */
export type Intake = (arrival: Arrival) => Promise<Verdict>;

/** The intake of webhooks. */
export function createIntake(options: IntakeOptions): Intake {
  return async (arrival) => {
    const verdict = await judge(options, arrival).catch((thrown) => unstored(options, arrival, thrown));
    options.count(arrival.connectorId, verdict);
    return verdict;
  };
}

interface Proof {
  readonly destination: Destination;
  readonly proof: WebhookVerdict;
}

async function judge(options: IntakeOptions, arrival: Arrival): Promise<Verdict> {
  const known = await options.directory.of(arrival.connectorId);
  if (known === undefined) return "unknown";
  // Connections whose own settings say what their webhooks look like each have an adapter of their own.
  const { connectionId } = arrival;
  const named = connectionId === undefined ? known : known.filter((one) => one.connectionId === connectionId);
  const adapters = [...new Set((named.length > 0 ? named : known).map(({ adapter }) => adapter))];
  const verdicts: Verdict[] = [];
  for (const adapter of adapters) {
    const own = adapters.length === 1 ? known : known.filter((one) => one.adapter === adapter);
    verdicts.push(await judgeBy(options, arrival, adapter, own));
  }
  return BEST.find((verdict) => verdicts.includes(verdict)) ?? "unknown";
}

/** Where connections judge the same webhook differently, the one that takes it counts most. */
const BEST: readonly Verdict[] = [
  ...(["accepted", "duplicate", "ignored", "unstored"] as const),
  ...(["misdirected", "forged", "unsigned", "malformed", "unknown"] as const),
];

async function judgeBy(
  options: IntakeOptions,
  arrival: Arrival,
  adapter: WebhookAdapter,
  known: readonly Destination[],
): Promise<Verdict> {
  const notice = read(() => adapter.parse(JSON.parse(textOf(arrival.rawBody)), arrival.headers));
  if (notice === undefined) return "malformed";
  const isHeard = await tellInstallation(options, known, arrival, notice);
  const addressed = await addressedBy(options.directory, known, arrival, notice);
  if (addressed.length === 0) return isHeard ? "ignored" : "unknown";
  const proofs = proofsOf(addressed, arrival);
  const proved = proofs.filter(({ proof }) => proof.kind === "verified");
  if (proved.length === 0) return proofs.some(({ proof }) => proof.kind === "forged") ? "forged" : "unsigned";
  const meant = proved.filter(({ destination }) => destination.adapter.isFor(notice, destination.settings));
  if (meant.length === 0) return "misdirected";
  const kept = await Promise.all(meant.map(({ destination, proof }) => keep(options, destination, notice, proof)));
  return (["accepted", "duplicate"] as const).find((verdict) => kept.includes(verdict)) ?? "ignored";
}

function proofsOf(destinations: readonly Destination[], arrival: Arrival): readonly Proof[] {
  return destinations.map((destination) => ({
    destination,
    proof: destination.adapter.verify(arrival, destination.settings),
  }));
}

/**
 * Hands an installation on, which may be at an account that no connection has yet. Only the partner's own signature
 * proves one. @returns whether it was proved and handed on
 */
async function tellInstallation(
  { onInstallation }: IntakeOptions,
  known: readonly Destination[],
  arrival: Arrival,
  { installation }: WebhookNotice,
): Promise<boolean> {
  if (installation === undefined || onInstallation === undefined) return false;
  const provedBy = proofsOf(known, arrival)
    .filter(({ proof }) => proof.kind === "verified" && proof.isByOwner !== true)
    .map(({ destination: { workspaceId, connectionId } }) => ({ workspaceId, connectionId }));
  if (provedBy.length === 0) return false;
  await onInstallation({ connectorId: arrival.connectorId, installation, provedBy });
  return true;
}

/** The connections named by the address, else those that the notice's account belongs to. */
async function addressedBy(
  directory: Directory,
  known: readonly Destination[],
  arrival: Arrival,
  notice: WebhookNotice,
): Promise<readonly Destination[]> {
  if (arrival.connectionId === undefined) return directory.forNotice(arrival.connectorId, notice);
  return known.filter((destination) => destination.connectionId === arrival.connectionId);
}

async function keep(
  options: IntakeOptions,
  destination: Destination,
  notice: WebhookNotice,
  proof: WebhookVerdict,
): Promise<"accepted" | "duplicate" | "ignored"> {
  const now = options.clock.now();
  const { workspaceId, connectionId } = destination;
  await takeIn(options, destination, notice);
  const marks = [...marksOf(destination, notice, now), ...(await marksByKeys(options, destination, notice, now))];
  const delivery = {
    id: options.newId(),
    connectionId,
    receivedAt: now,
    type: notice.type,
    // What has no id can not be told from another of the same words, so each is taken for itself.
    deliveryId: notice.deliveryId === "" ? options.newId() : notice.deliveryId,
    ...(notice.occurredAt === undefined ? {} : { occurredAt: notice.occurredAt }),
    scheme: proof.kind === "unsigned" ? "" : proof.scheme,
    externalIds: notice.refs.map((ref) => ref.externalId),
    keys: marks.map(({ key }) => key),
    repeats: 0,
  };
  const kept = await options.store.acceptDelivery(workspaceId, delivery, marks);
  if (kept === "duplicate") return kept;
  if (marks.length === 0) return "ignored";
  options.wake(workspaceId);
  return kept;
}

/** What a partner that can not be asked has told goes into the connection's book; taking it in again changes nothing. */
async function takeIn(
  { books }: IntakeOptions,
  { workspaceId, connectionId }: Destination,
  { told = [], sample }: WebhookNotice,
): Promise<void> {
  if (books === undefined || (told.length === 0 && sample === undefined)) return;
  const book = books.of({ workspaceId, connectionId });
  const untold = { isTold: false } as const;
  for (const record of told) {
    const { resource, externalId, occurredAt } = record;
    const before = await book.read(resource, externalId);
    // Messages overtake each other: what is older than what was told before is old news.
    if (occurredAt !== undefined && Number(before?.fields[TOLD_AT] ?? 0) > occurredAt) continue;
    if (record.isDeleted) {
      await book.delete(resource, externalId, "partner", untold);
      continue;
    }
    const { parentId, fields } = record;
    const at: Fields = occurredAt === undefined ? {} : { [TOLD_AT]: occurredAt };
    const parent = parentId === undefined ? {} : { parentId };
    await book.put({ resource, externalId, ...parent, fields: { ...fields, ...at }, origin: "partner" }, untold);
  }
  if (sample === undefined) return;
  const fields = { type: sample.type, text: sample.text };
  await book.put({ resource: "sample", externalId: sample.type || "message", fields, origin: "partner" }, untold);
}

/** Where a record of the book holds when its partner last told of it; no field of any connector is called so. */
const TOLD_AT = "~toldAt";

function marksOf(destination: Destination, notice: WebhookNotice, now: number): DueMark[] {
  return notice.refs.flatMap((ref) =>
    destination.keyStarts
      .filter((known) => known.resource === ref.resource)
      .map((known) => markOf(known, keyOf(known, ref), now)),
  );
}

/**
 * A record that is named by what it carries is looked for among the links. Where none carries it, it is new or has
 * changed, and the next poll is made at once: as soon as lists show what has just been written.
 */
async function marksByKeys(
  { store }: IntakeOptions,
  { workspaceId, keyStarts }: Destination,
  { keys = [] }: WebhookNotice,
  now: number,
): Promise<DueMark[]> {
  const wanted = keys.flatMap((key) =>
    keyStarts.filter(({ resource }) => resource === key.resource).map((known) => ({ key, known })),
  );
  const marks = wanted.map(async ({ key, known }) => {
    const found = await store.linksByKeys(workspaceId, known.syncId, known.side, [matchKeyOf(key)]);
    const ids = found.flatMap(({ link }) => link[known.side]?.externalId ?? []);
    if (ids.length > 0) return ids.map((id) => markOf(known, known.start + id, now));
    const { syncId, side, lagMs } = known;
    const poll = `poll:${syncId}:${side}`;
    return [{ key: poll, syncId, priority: PRIORITIES.poll, dueAt: now + lagMs, reason: "webhook" as const }];
  });
  return (await Promise.all(marks)).flat();
}

/** As the engine writes the keys that records are recognised by. */
function matchKeyOf({ rule, value }: NoticeKey): string {
  return `${rule}:${value.trim().toLowerCase()}`;
}

function markOf({ syncId, settleMs }: KeyStart, key: string, now: number): DueMark {
  return {
    key,
    syncId,
    priority: PRIORITIES.live,
    dueAt: now,
    reason: "webhook",
    ...(settleMs > 0 && { settleMs }),
  };
}

/** A child's contact is named where the notice tells it: all its children are looked at, the new ones too. */
function keyOf({ start, ofChildren }: KeyStart, { externalId, parentId }: NoticeRef): string {
  return ofChildren === undefined || parentId === undefined ? start + externalId : ofChildren + parentId;
}

/**
 * Anything that goes wrong from here on is ours and not the sender's, so the sender is asked to send it again. What
 * stops it is logged, without a word of the body.
 */
function unstored(options: IntakeOptions, arrival: Arrival, thrown: unknown): Verdict {
  const { kind, message } = asFailure(thrown);
  options.log.error(
    { connector: arrival.connectorId, kind, error: message },
    "could not store a webhook; asked for it again",
  );
  return "unstored";
}

/** The notice, or nothing when the body is not one; which rule it broke is the sender's to find out. */
function read(parse: () => WebhookNotice): WebhookNotice | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder();

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}
