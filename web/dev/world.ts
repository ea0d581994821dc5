import type { PreviewRowView, PreviewView } from "../../model/api/previews.ts";
import type { JournalView, LinkRow, LinkView, OverviewView, SandboxContact, ValueView } from "../../model/api/views.ts";
import { contactTitle } from "../../model/contact.ts";
import {
  aConnection,
  aField,
  aJournalEntry,
  aLink,
  anOverview,
  aPreview,
  aPreviewRow,
  aSalesmateConnection,
  aSync,
  aTrouble,
} from "../stories/builders.ts";
import { inventPeople } from "./people.ts";

/**
 * An invented hub for working on the dashboard without a real one. It holds people on two sides, and carries an edit
 * across after `TRAVEL_MS`, as the hub would. It knows nothing of the engine and is no test of it.
 */
export interface Pair {
  readonly linkId: string;
  left: SandboxContact | undefined;
  right: SandboxContact | undefined;
  updatedAt: number;
  history: JournalView[];
}

/** The states that a page can be looked at in. */
export const SCENES = ["calm", "troubled", "starting", "ready", "empty", "signedOut", "down", "ambiguous"] as const;
export type Scene = (typeof SCENES)[number];

export interface World {
  scene: Scene;
  readonly pairs: Pair[];
  readonly tell: (kind: "link" | "overview", news: object) => void;
}

const TRAVEL_MS = 800;
const SIDES = { highlevel: "left", salesmate: "right" } as const;
export type Partner = keyof typeof SIDES;

/** @param tell passes live events to open pages */
export function createWorld(tell: World["tell"]): World {
  const now = Date.now();
  const pairs = inventPeople(180).map((fields, index): Pair => {
    const linkId = `lnk-${index + 1}`;
    const updatedAt = now - index * 47_000;
    const left = { id: `hl-${index + 1}`, fields, updatedAt };
    const right = { id: String(index + 101), fields, updatedAt };
    const history = [aJournalEntry({ id: `jrn-${index}`, linkId, at: updatedAt, title: contactTitle(fields, "") })];
    return {
      linkId,
      left: index % 31 === 30 ? undefined : left,
      right: index % 17 === 16 ? undefined : right,
      updatedAt,
      history,
    };
  });
  return { scene: "calm", pairs, tell };
}

/** The contacts of one side that hold `query` somewhere. */
export function contactsOf(world: World, partner: Partner, query: string): readonly SandboxContact[] {
  const all = world.pairs.flatMap((pair) => pair[SIDES[partner]] ?? []);
  return all.filter(({ fields }) => JSON.stringify(Object.values(fields)).toLowerCase().includes(query.toLowerCase()));
}

/** Creates or edits a contact as a person would, and carries it across after a while. */
export function writeContact(
  world: World,
  partner: Partner,
  id: string | undefined,
  fields: Record<string, ValueView>,
) {
  const side = SIDES[partner];
  let pair = world.pairs.find((each) => each[side] !== undefined && each[side].id === id);
  if (pair === undefined) {
    pair = { linkId: `lnk-new-${Date.now()}`, left: undefined, right: undefined, updatedAt: Date.now(), history: [] };
    world.pairs.unshift(pair);
  }
  const before = pair[side];
  const after = {
    id: before?.id ?? `${partner}-${Date.now()}`,
    fields: { ...before?.fields, ...fields },
    updatedAt: Date.now(),
  };
  pair[side] = after;
  setTimeout(() => carry(world, pair, partner), TRAVEL_MS);
  return after;
}

function carry(world: World, pair: Pair, from: Partner): void {
  const [here, there] = from === "highlevel" ? (["left", "right"] as const) : (["right", "left"] as const);
  const written = pair[here];
  if (written === undefined) return;
  const verdict = pair[there] === undefined ? "created" : "updated";
  pair[there] = { id: pair[there]?.id ?? `far-${Date.now()}`, fields: written.fields, updatedAt: Date.now() };
  note(world, pair, verdict, contactTitle(written.fields, ""), from === "highlevel" ? "Salesmate" : "HighLevel");
}

/** Deletes a contact as a person would, and its counterpart after a while. */
export function removeContact(world: World, partner: Partner, id: string): void {
  const side = SIDES[partner];
  const pair = world.pairs.find((each) => each[side]?.id === id);
  if (pair === undefined) return;
  const title = contactTitle(pair[side]?.fields ?? {}, "");
  const kept = { left: pair.left, right: pair.right };
  pair[side] = undefined;
  setTimeout(() => {
    pair.left = undefined;
    pair.right = undefined;
    gone.set(pair.linkId, kept);
    note(world, pair, "deleted", title, partner === "highlevel" ? "Salesmate" : "HighLevel");
  }, TRAVEL_MS);
}

const gone = new Map<string, { left: SandboxContact | undefined; right: SandboxContact | undefined }>();

function note(world: World, pair: Pair, verdict: string, title: string, where: string): void {
  pair.updatedAt = Date.now();
  const summary = { created: `Created in ${where}.`, deleted: `Deleted in ${where}.` }[verdict] ?? `Wrote to ${where}.`;
  const entry = aJournalEntry({
    id: `jrn-${Date.now()}`,
    at: Date.now(),
    linkId: pair.linkId,
    title,
    verdict,
    summary,
  });
  pair.history.unshift(entry);
  world.tell("link", { syncId: "contacts", linkId: pair.linkId, verdict });
}

function rowOf(pair: Pair, world: World): LinkRow {
  const { left, right } = { ...gone.get(pair.linkId), ...nothingOut(pair) };
  const isTroubled = world.scene === "troubled";
  const place = world.pairs.indexOf(pair);
  return {
    id: pair.linkId,
    syncId: "contacts",
    title: contactTitle((left ?? right)?.fields ?? {}, "Nobody"),
    state: gone.has(pair.linkId)
      ? "tombstone"
      : left && right
        ? "linked"
        : world.scene === "ambiguous"
          ? "ambiguous"
          : "half",
    ...(left ? { left: refOf(left) } : {}),
    ...(right ? { right: refOf(right) } : {}),
    conflicts: isTroubled && place % 13 === 1 ? 1 : 0,
    findings: isTroubled && place % 29 === 4 ? 1 : 0,
    updatedAt: pair.updatedAt,
  };
}

function nothingOut({ left, right }: Pair) {
  return { ...(left ? { left } : {}), ...(right ? { right } : {}) };
}

function refOf({ id, fields }: SandboxContact) {
  return { externalId: id, email: String(fields.email ?? ""), phone: String(fields.phone ?? "") };
}

/** All links as rows. */
export function rowsOf(world: World): readonly LinkRow[] {
  return world.scene === "empty" ? [] : world.pairs.map((pair) => rowOf(pair, world));
}

/** One link in full, or `undefined`. */
export function linkOf(world: World, linkId: string): LinkView | undefined {
  const pair = world.pairs.find((each) => each.linkId === linkId);
  if (pair === undefined) return undefined;
  const row = rowOf(pair, world);
  const names = [...new Set([...Object.keys(pair.left?.fields ?? {}), ...Object.keys(pair.right?.fields ?? {})])];
  const fields = names.map((field) =>
    aField({
      field,
      label: field,
      left: pair.left?.fields[field] ?? "",
      right: pair.right?.fields[field] ?? "",
      state: row.conflicts > 0 && field === "phone" ? "conflict" : pair.left && pair.right ? "same" : "differs",
      ...(row.conflicts > 0 && field === "phone"
        ? { left: "+49 30 901820", note: "Both sides changed it on 3 November." }
        : {}),
    }),
  );
  const candidates =
    row.state === "ambiguous"
      ? [{ linkId: "lnk-2", title: "Milan Novák", evidence: ["same e-mail"], canLink: true, fields }]
      : [];
  return aLink({ ...row, fields, candidates, history: pair.history, leftName: "HighLevel", rightName: "Salesmate" });
}

/** The overview in the scene that is on. */
export function overviewOf(world: World): OverviewView {
  const at = Date.now();
  const minute = Math.floor(at / 60_000) * 60_000;
  const rows = rowsOf(world);
  const linked = rows.filter(({ state }) => state === "linked").length;
  const half = rows.filter(({ state }) => state === "half").length;
  const deleted = rows.filter(({ state }) => state === "tombstone").length;
  const activity = Array.from({ length: 44 }, (_, index) => [
    { minute: minute - index * 60_000, verdict: "updated", count: (index * 7) % 11 },
    { minute: minute - index * 60_000, verdict: "created", count: index % 5 === 0 ? (index * 3) % 14 : 0 },
    { minute: minute - index * 60_000, verdict: "linked", count: index > 38 ? 12 : 0 },
    { minute: minute - index * 60_000, verdict: "deleted", count: index % 19 === 18 ? 2 : 0 },
  ]).flat();
  const counts = { linked, half, ambiguous: 0, unlinked: 0, deleted, conflicts: 0, findings: 0 };
  const finished = [
    { side: "left", kind: "sweep", seen: 180, total: 180, startedAt: at - 30_000, finishedAt: at - 21_000 },
    { side: "right", kind: "sweep", seen: 174, total: 174, startedAt: at - 30_000, finishedAt: at - 20_000 },
  ] as const;
  const calm = anOverview({ at, activity, syncs: [aSync({ counts, progress: [...finished] })] });
  switch (world.scene) {
    case "empty":
      return { ...calm, connections: [], syncs: [], activity: [] };
    case "starting":
      return {
        ...calm,
        activity: activity.slice(0, 4),
        due: { waiting: 312, retrying: 0, dead: 0 },
        connections: [
          aConnection({
            status: "waiting",
            message: "Waiting for HighLevel to allow more requests, until 14:05:09.",
            since: at - 4_000,
            allowances: [{ name: "burst", requests: 100, perMs: 10_000, used: 98, waiting: 12 }],
          }),
          aSalesmateConnection(),
        ],
        syncs: [
          aSync({
            phase: "starting",
            counts: { ...counts, linked: 121 },
            progress: [
              { side: "left", kind: "backfill", seen: 200, total: 500, startedAt: at - 3_000 },
              { side: "right", kind: "backfill", seen: 250, startedAt: at - 3_000 },
            ],
          }),
        ],
      };
    case "ready":
      return {
        ...calm,
        activity: [],
        syncs: [aSync({ phase: "ready", start: { state: "ready", mode: "full" }, counts })],
      };
    case "troubled":
      return {
        ...calm,
        due: { waiting: 6, retrying: 2, dead: 2 },
        connections: [
          aConnection(),
          aSalesmateConnection({
            status: "broken",
            since: at - 780_000,
            message: "Salesmate refuses the session key. Make a new one under My account, Access key, and apply it.",
          }),
        ],
        syncs: [aSync({ counts: { ...counts, conflicts: 3, ambiguous: 2, findings: 1 }, progress: [...finished] })],
      };
    default:
      return calm;
  }
}

/** What failed, in the scene that is on. */
export function troublesOf(world: World) {
  if (world.scene !== "troubled") return [];
  const at = Date.now() - 240_000;
  return [
    aTrouble({
      error: {
        kind: "rejected",
        message: "Salesmate refuses the e-mail “zoe@akerlund”. Correct it on either side, then try again.",
        at,
      },
    }),
    aTrouble({
      key: "record:contacts:right:118",
      title: "",
      attempts: 8,
      error: { kind: "unavailable", message: "Salesmate did not answer within 30 s while the contact was read.", at },
    }),
  ];
}

/** What starting would do, as if the invented sync still waited. */
export function previewOf(mode: string | null): PreviewView {
  if (mode !== "newOnly") return aPreview({ mode: mode === "fillEmpty" ? "fillEmpty" : "full" });
  const { counts } = aPreview();
  const none = { update: 0, createLeft: 0, createRight: 0, conflict: 0, problem: 0 };
  return aPreview({ mode, counts: { ...counts, ...none, apart: 121, leftAlone: 118 }, problems: [] });
}

/** Some records of which something would be written, asked or left. */
export function previewRows(): readonly PreviewRowView[] {
  const asked = {
    field: "city",
    label: "City",
    kind: "conflict",
    left: "Lisbon",
    right: "Porto",
  } as const;
  const phone = {
    field: "phone",
    label: "Phone",
    kind: "problem",
    left: "ask at the front desk",
    side: "right",
    note: "Phone: this is not a phone number that can be dialled.",
  } as const;
  const given = ["vip", "newsletter"];
  const tags = { field: "tags", label: "Tags", kind: "write", left: given, side: "right", value: given } as const;
  return [
    aPreviewRow(),
    aPreviewRow({ linkId: "lnk-2", title: "Rui Tavares", kinds: ["conflict"], fields: [asked] }),
    aPreviewRow({ linkId: "lnk-3", title: "Amina Diallo", kinds: ["ambiguous"], fields: [] }),
    aPreviewRow({
      linkId: "lnk-4",
      title: "Grace Hopkins-Featherstonehaugh",
      kinds: ["createRight", "problem"],
      fields: [tags, phone],
    }),
  ];
}
