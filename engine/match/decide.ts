import type { MatchRule } from "../../model/sync.ts";
import type { MatchKey } from "../ports.ts";

/** One record as the match rules see it. */
export interface Candidate {
  readonly linkId: string;
  /** Keys it carries, for instance `email:ana@example.com`. */
  readonly keys: readonly MatchKey[];
  /** Normal full name; empty when it has none. */
  readonly name: string;
  /** Whether it already has a counterpart on the subject's side. */
  readonly isTaken: boolean;
  /** Whether it is taken since a person keeps it on its one side. */
  readonly isKeptAlone?: boolean;
}

/** What speaks against a candidate that a person keeps on its one side. */
export const KEPT_ALONE = "kept on one side by choice";

/** What the rules say of a record without counterpart. */
export type MatchDecision =
  | { readonly kind: "link"; readonly linkId: string; readonly evidence: readonly string[] }
  | { readonly kind: "none" }
  | {
      readonly kind: "ambiguous";
      readonly candidates: readonly { readonly linkId: string; readonly evidence: readonly string[] }[];
    };

/**
 * Decides whether `subject` is the same as one of the records across, as far as the subject can tell; `agreedMatch`
 * then asks the one it chose. Pure.
 *
 * The first rule under which any record across shares a key decides. One free candidate that nobody else claims is the
 * match; otherwise the full name may single one out; otherwise a person is asked.
 *
 * @param across records of the other side that share a key with the subject.
 * @param beside other records of the subject's own side, without counterpart, that share a key with the subject.
 * Source: docs/SPEC.md I1 to I6.
 */
export function decideMatch(
  subject: Candidate,
  across: readonly Candidate[],
  beside: readonly Candidate[],
  rules: readonly MatchRule[],
): MatchDecision {
  for (const rule of rules) {
    const keys = subject.keys.filter((key) => key.startsWith(`${rule}:`));
    const sharing = across.filter((candidate) => sharesKey(candidate, keys));
    if (sharing.length === 0) continue;
    const rivals = beside.filter((candidate) => sharesKey(candidate, keys));
    return decideAmong(subject, sharing, rivals, rule);
  }
  return { kind: "none" };
}

/**
 * I2: a match holds when each side chooses the other, so that it does not matter which is asked first: a record that
 * is closer to somebody else is claimed by them. Pure.
 *
 * @param decision what the rules say of the subject.
 * @param back     what they say of the record it chose.
 */
export function agreedMatch(subjectLinkId: string, decision: MatchDecision, back: MatchDecision): MatchDecision {
  if (decision.kind !== "link") return decision;
  if (back.kind === "link" && back.linkId === subjectLinkId) return decision;
  const evidence = [...decision.evidence, "may be another's as well"];
  return { kind: "ambiguous", candidates: [{ linkId: decision.linkId, evidence }] };
}

function decideAmong(
  subject: Candidate,
  sharing: readonly Candidate[],
  rivals: readonly Candidate[],
  rule: MatchRule,
): MatchDecision {
  const free = sharing.filter((candidate) => !candidate.isTaken);
  const only = free.length === 1 && sharing.length === 1 && rivals.length === 0 ? free[0] : undefined;
  if (only !== undefined && !contradicts(subject, only, rule)) {
    return { kind: "link", linkId: only.linkId, evidence: evidenceFor(subject, only) };
  }
  const named = singledOutByName(subject, free, rivals);
  if (named !== undefined) return { kind: "link", linkId: named.linkId, evidence: evidenceFor(subject, named) };
  return {
    kind: "ambiguous",
    candidates: sharing.map((candidate) => ({
      linkId: candidate.linkId,
      evidence: [...evidenceFor(subject, candidate), ...whyTaken(candidate)],
    })),
  };
}

function whyTaken({ isTaken, isKeptAlone = false }: Candidate): readonly string[] {
  if (!isTaken) return [];
  return [isKeptAlone ? KEPT_ALONE : "already linked to another"];
}

/** I5: a shared phone does not make one person of two whose e-mail addresses and names both differ. */
function contradicts(subject: Candidate, candidate: Candidate, rule: MatchRule): boolean {
  if (rule !== "phone" || isSameName(subject, candidate)) return false;
  const hasEmail = (record: Candidate): boolean => record.keys.some((key) => key.startsWith("email:"));
  return hasEmail(subject) && hasEmail(candidate);
}

function singledOutByName(
  subject: Candidate,
  free: readonly Candidate[],
  rivals: readonly Candidate[],
): Candidate | undefined {
  const same = free.filter((candidate) => isSameName(subject, candidate));
  const isRivalled = rivals.some((rival) => isSameName(subject, rival));
  return same.length === 1 && !isRivalled ? same[0] : undefined;
}

function isSameName(one: Candidate, other: Candidate): boolean {
  return one.name !== "" && one.name === other.name;
}

function sharesKey(candidate: Candidate, keys: readonly MatchKey[]): boolean {
  return candidate.keys.some((key) => keys.includes(key));
}

/** How a shared key is told, by what stands before its colon. */
const SAME: Readonly<Record<string, string>> = {
  email: "same e-mail",
  phone: "same phone",
  website: "same website",
};

function evidenceFor(subject: Candidate, candidate: Candidate): readonly string[] {
  const shared = subject.keys.filter((key) => candidate.keys.includes(key) && !key.startsWith("name:"));
  const sameKeys = shared.map((key) => SAME[key.slice(0, key.indexOf(":"))] ?? "same phone");
  return isSameName(subject, candidate) ? [...sameKeys, "same name"] : sameKeys;
}
