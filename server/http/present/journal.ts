import type { ReplayReport } from "../../../engine/index.ts";
import type { FieldDecision, JournalCall, JournalEntry, Link } from "../../../engine/ports.ts";
import type { JournalView, ReplayView, ValueView } from "../../../model/api/views.ts";
import type { Fields } from "../../../model/value.ts";
import { presentValue } from "./value.ts";

/** One decision of the journal. @param titles what the links of a page are called, by id. */
export function presentJournal(entry: JournalEntry, titles: ReadonlyMap<string, string>): JournalView {
  const title = entry.linkId === undefined ? undefined : titles.get(entry.linkId);
  const { fields = [], calls = [], sent, error } = entry.detail;
  return {
    id: entry.id,
    at: entry.at,
    syncId: entry.syncId,
    ...(entry.linkId === undefined ? {} : { linkId: entry.linkId }),
    ...(title === undefined ? {} : { title }),
    reason: entry.reason,
    verdict: entry.verdict,
    summary: entry.summary,
    fields: fields.map(presentDecision),
    ...(sent === undefined ? {} : { sent: { side: sent.side, fields: presentFields(sent.fields) } }),
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

function presentDecision(decision: FieldDecision): JournalView["fields"][number] {
  const { field, base, left, right, rule, write } = decision;
  return {
    field,
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

function presentFields(fields: Fields): Record<string, ValueView> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, presentValue(value)]));
}
