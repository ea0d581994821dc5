import type { FieldDecision, JournalEntry, Link } from "../../../engine/ports.ts";
import type { JournalView } from "../../../model/api/views.ts";
import { presentValue } from "./value.ts";

/** One decision of the journal. @param titles what the links of a page are called, by id. */
export function presentJournal(entry: JournalEntry, titles: ReadonlyMap<string, string>): JournalView {
  const title = entry.linkId === undefined ? undefined : titles.get(entry.linkId);
  const { fields = [], calls = [], error } = entry.detail;
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
    calls: calls.map(({ method, path, status, ms }) => ({ method, path, status, ms })),
    ...(error === undefined ? {} : { error }),
    durationMs: entry.durationMs,
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
