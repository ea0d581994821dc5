import type { ReplayReport } from "../../../engine/index.ts";
import type {
  FieldDecision,
  JournalCall,
  JournalDetail,
  JournalEntry,
  KeptMapping,
  Link,
} from "../../../engine/ports.ts";
import type { JournalView, ReplayView } from "../../../model/api/views.ts";
import type { Side } from "../../../model/record.ts";
import { presentValue } from "./value.ts";

/** What a page of the journal is shown with. */
export interface JournalNames {
  /** What links are called, by id. */
  readonly titles: ReadonlyMap<string, string>;
  /** The mappings that entries name, by version, as far as they are kept. */
  readonly mappings: ReadonlyMap<string, KeptMapping>;
}

/** One decision of the journal. */
export function presentJournal(entry: JournalEntry, { titles, mappings }: JournalNames): JournalView {
  const title = entry.linkId === undefined ? undefined : titles.get(entry.linkId);
  const { fields = [], calls = [], sent, error } = entry.detail;
  const mapping = mappings.get(entry.detail.mapping ?? "");
  return {
    id: entry.id,
    at: entry.at,
    syncId: entry.syncId,
    ...(entry.linkId === undefined ? {} : { linkId: entry.linkId }),
    ...(title === undefined ? {} : { title }),
    reason: entry.reason,
    verdict: entry.verdict,
    summary: entry.summary,
    fields: fields.map((decision) => presentDecision(decision, mapping)),
    ...(sent === undefined ? {} : { sent: { side: sent.side, fields: presentSent(sent, mapping) } }),
    calls: calls.map(presentCall),
    ...(error === undefined ? {} : { error }),
    durationMs: entry.durationMs,
  };
}

/** What deciding some of the journal anew came to. @param titles what the links of its differences are called, by id. */
export function presentReplay(report: ReplayReport, titles: ReadonlyMap<string, string>): ReplayView {
  return {
    same: report.same,
    incomplete: report.incomplete,
    differences: report.differences.map(({ entry, was, is }) => {
      const title = entry.linkId === undefined ? undefined : titles.get(entry.linkId);
      return {
        id: entry.id,
        at: entry.at,
        ...(entry.linkId === undefined ? {} : { linkId: entry.linkId }),
        ...(title === undefined ? {} : { title }),
        was,
        is,
      };
    }),
  };
}

/** What links are called, by id. */
export function titlesOf(links: readonly Link[]): ReadonlyMap<string, string> {
  return new Map(links.map((link) => [link.id, link.title]));
}

function presentDecision(decision: FieldDecision, mapping: KeptMapping | undefined): JournalView["fields"][number] {
  const { field, base, left, right, rule, write } = decision;
  return {
    field,
    ...labelOf(mapping, "left", field),
    ...(base === undefined ? {} : { base: [presentValue(base[0]), presentValue(base[1])] }),
    ...(left === undefined ? {} : { left: presentValue(left) }),
    ...(right === undefined ? {} : { right: presentValue(right) }),
    rule,
    ...(write === undefined ? {} : { write }),
  };
}

function presentCall({ side, method, path, status, ms }: JournalCall): JournalView["calls"][number] {
  return { ...(side === undefined ? {} : { side }), method, path, status, ms };
}

function presentSent(
  { side, fields }: NonNullable<JournalDetail["sent"]>,
  mapping: KeptMapping | undefined,
): NonNullable<JournalView["sent"]>["fields"] {
  return Object.entries(fields).map(([field, value]) => ({
    field,
    ...labelOf(mapping, side, field),
    value: presentValue(value),
  }));
}

/** What a field was called when the decision was made. */
function labelOf(mapping: KeptMapping | undefined, side: Side, key: string): { readonly label?: string } {
  const label = mapping?.[side].fields.find((field) => field.key === key)?.label;
  return label === undefined ? {} : { label };
}
