import { PREVIEW_KINDS, type PreviewKind, type PreviewPage, type PreviewView } from "../../model/api/previews.ts";
import { PRIORITIES } from "../../model/priority.ts";
import type { StartMode } from "../../model/sync.ts";
import { openSync } from "../context.ts";
import { readingFields } from "../fields/keeper.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { EngineStore, Link, PartnerOf, Sync } from "../ports.ts";
import { type LinkPreview, previewLink } from "./preview.ts";

/** What a look ahead is made with. No record is asked for at a partner, only its fields. */
export interface PreviewOptions {
  readonly sync: Sync;
  readonly store: Pick<EngineStore, "linksAfter" | "fieldWatch">;
  readonly partnerOf: PartnerOf;
  readonly mode: StartMode;
}

/** Which rows of a look ahead are wanted. */
export interface RowsWanted {
  /** Only these; all but pairs for which nothing is to do, when absent. */
  readonly kind?: PreviewKind;
  /** Where the page before ended. */
  readonly after?: string;
  readonly limit: number;
}

const BATCH = 500;
/** A page that finds little ends after so many links, so that no answer takes long; its `next` goes on from there. */
const WALKED_MAX = 20_000;
const PROBLEMS_MAX = 20;

/** How much starting would do, by kind. Walks every link. */
export async function countPreview(
  options: PreviewOptions,
): Promise<Pick<PreviewView, "matched" | "counts" | "problems">> {
  const mapping = await mappingOf(options);
  const counts: Record<PreviewKind, number> = noneOfEach();
  const problems = new Map<string, number>();
  let matched = 0;
  for await (const { preview, link } of previews(options, mapping)) {
    if (link.state === "linked") matched += 1;
    for (const kind of preview.kinds) counts[kind] += 1;
    for (const { kind, note } of preview.fields) {
      if (kind === "problem" && note !== undefined) problems.set(note, (problems.get(note) ?? 0) + 1);
    }
  }
  const sorted = [...problems].sort(([, one], [, other]) => other - one).slice(0, PROBLEMS_MAX);
  return { matched, counts, problems: sorted.map(([message, count]) => ({ message, count })) };
}

/** One page of what starting would do, record by record, in the order in which the records were met. */
export async function pagePreview(options: PreviewOptions, wanted: RowsWanted): Promise<PreviewPage> {
  const mapping = await mappingOf(options);
  const rows: PreviewPage["rows"] = [];
  let walked = 0;
  for await (const { preview, link } of previews(options, mapping, wanted.after)) {
    walked += 1;
    if (isWanted(preview, wanted.kind)) rows.push(rowOf(link, preview));
    if (rows.length === wanted.limit || walked === WALKED_MAX) return { rows, next: link.id };
  }
  return { rows };
}

function mappingOf({ sync, store, partnerOf }: PreviewOptions): Promise<Mapping> {
  return openSync(sync.workspaceId, sync, partnerOf, readingFields(store)).mapping({
    priority: PRIORITIES.live,
    calls: [],
  });
}

function noneOfEach(): Record<PreviewKind, number> {
  // `fromEntries` does not keep the keys that it is given.
  return Object.fromEntries(PREVIEW_KINDS.map((kind) => [kind, 0])) as Record<PreviewKind, number>;
}

function isWanted({ kinds }: LinkPreview, kind: PreviewKind | undefined): boolean {
  return kind === undefined ? kinds.some((one) => one !== "same") : kinds.includes(kind);
}

function rowOf({ id, title }: Link, { kinds, fields }: LinkPreview): PreviewPage["rows"][number] {
  return { linkId: id, title, kinds: [...kinds], fields: [...fields] };
}

async function* previews({ sync, store, mode }: PreviewOptions, mapping: Mapping, after?: string) {
  let afterId = after;
  for (;;) {
    const states = ["half", "linked", "ambiguous"] as const;
    const query = { states, limit: BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const links = await store.linksAfter(sync.workspaceId, sync.id, query);
    for (const link of links) yield { link, preview: previewLink(mapping, link, mode) };
    afterId = links.at(-1)?.id;
    if (afterId === undefined) return;
  }
}
