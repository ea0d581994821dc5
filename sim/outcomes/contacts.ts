import type { JournalEntry } from "../../engine/ports.ts";
import { WIRE_FAULTS } from "../network.ts";
import { journaled, type Outcome, outcome } from "./outcome.ts";

/** What a long sweep must reach of contacts, and of what goes wrong. */
export const CONTACT_OUTCOMES: readonly Outcome[] = [
  outcome("created left", "a record was made at HighLevel", ({ network }) =>
    network.calls.some((call) => call.method === "POST" && call.path === "/contacts/" && call.status === 201),
  ),
  outcome("created right", "a record was made at Salesmate", ({ network }) =>
    network.calls.some((call) => call.method === "POST" && call.path === "/apis/contact/v4"),
  ),
  verdict("updated", "a change was carried"),
  verdict("linked", "two records were found to be one person"),
  verdict("ambiguous", "nobody could say who is meant, and a person is asked"),
  outcome("conflict", "a field waits for a person at the end", (_world, { links }) =>
    links.some(({ conflicts }) => conflicts.length > 0),
  ),
  verdict("deleted", "a deletion was carried or remembered"),
  verdict("unlinked", "a counterpart was kept and is no longer followed"),
  verdict("failed", "a key failed and said so"),
  outcome("duplicate webhook", "a webhook came twice and was worked once", ({ notes }) =>
    notes.verdicts.includes("duplicate"),
  ),
  outcome("forged webhook", "a stranger's webhook was refused", ({ notes }) => notes.verdicts.includes("forged")),
  outcome("token refreshed", "HighLevel gave a new pair of tokens", ({ network }) =>
    network.calls.some(({ purpose, status }) => purpose === "token" && status === 200),
  ),
  outcome("refresh refused", "HighLevel refused a refresh token, and a person connected anew", ({ network }) =>
    network.calls.some(({ purpose, status }) => purpose === "token" && status === 400),
  ),
  outcome("lane taken", "a process learned that another had taken its lane", ({ notes }) =>
    notes.log.some(({ message }) => message.includes("another hub has taken over")),
  ),
  outcome("crash", "a process died in the middle of something", ({ hubs }) =>
    hubs.slice(0, -1).some(({ life }) => life.isOver()),
  ),
  outcome("rate limited", "a partner asked to slow down", ({ network }) =>
    network.calls.some(({ status }) => status === 429),
  ),
  outcome("held deletion", "more deletions than the limit waited for a person", (_world, { journal }) =>
    journal.some(({ verdict: what, summary }) => what === "waiting" && /delet/i.test(summary)),
  ),
  outcome("poll caught", "a poll carried what no webhook told", (_world, { journal }) =>
    journal.some(({ reason, verdict: what }) => reason === "poll" && what === "updated"),
  ),
  outcome("sweep caught", "a full comparison found what neither webhook nor poll told", (_world, { journal }) =>
    journal.some(({ reason }) => reason === "sweep"),
  ),
  outcome("found by look-up", "a create whose answer was lost was found at the partner", (_world, { journal }) =>
    journal.some(({ verdict: what, summary }) => what === "linked" && summary.includes("Found")),
  ),
  ...WIRE_FAULTS.map((fault) =>
    outcome(`wire ${fault}`, "the wire did this to a request", ({ network }) => network.struck.has(fault)),
  ),
  outcome("typed", "what was typed in one go was carried when it had rested", ({ ledger, network }) =>
    ledger.bursts.some(({ acrossId, until }) =>
      network.calls.some((call) => call.method === "PUT" && call.path.includes(`/${acrossId}`) && call.at >= until),
    ),
  ),
  journaled("started newOnly", "a sync was started with new records only", ({ summary }) =>
    summary.includes("records without counterpart are left alone"),
  ),
  journaled("started fillEmpty", "a sync was started to fill empty fields", ({ summary }) =>
    summary.includes("records without counterpart are made across"),
  ),
  journaled("kept apart", "what differed at the start was left as it was", ({ summary }) =>
    summary.includes("Left as they were at the start"),
  ),
  outcome("left alone", "a record that was there before the start has no counterpart made", (_world, { links }) =>
    links.some(({ beforeStart, state }) => beforeStart === "newOnly" && state === "half"),
  ),
];

function verdict(name: JournalEntry["verdict"], meaning: string): Outcome {
  return journaled(name, meaning, (entry) => entry.verdict === name);
}
