import fc from "fast-check";
import { expect, test } from "vitest";
import type { MatchRule } from "../../model/sync.ts";
import { agreedMatch, type Candidate, decideMatch, type MatchDecision } from "./decide.ts";

const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 500) };
const RULES: readonly MatchRule[] = ["email", "phone"];

/** Crowded on purpose: few addresses, few phones and few names, so that records get in each other's way. */
const somePerson = fc.record({
  email: fc.option(fc.constantFrom("a", "b", "c")),
  phone: fc.option(fc.constantFrom("1", "2")),
  name: fc.constantFrom("", "ana", "bo"),
  isTaken: fc.boolean(),
});

function side(prefix: string): fc.Arbitrary<Candidate[]> {
  return fc.array(somePerson, { maxLength: 5 }).map((people) =>
    people.map(({ email, phone, name, isTaken }, place) => ({
      linkId: `${prefix}${place}`,
      keys: [...(email === null ? [] : [`email:${email}`]), ...(phone === null ? [] : [`phone:${phone}`])],
      name,
      isTaken,
    })),
  );
}

function choice(subject: Candidate, own: readonly Candidate[], across: readonly Candidate[]): MatchDecision {
  const shares = (other: Candidate): boolean => other.keys.some((key) => subject.keys.includes(key));
  const beside = own.filter((other) => other !== subject && !other.isTaken && shares(other));
  return decideMatch(subject, across.filter(shares), beside, RULES);
}

function decision(subject: Candidate, own: readonly Candidate[], across: readonly Candidate[]): MatchDecision {
  const first = choice(subject, own, across);
  const chosen = first.kind === "link" ? across.find((other) => other.linkId === first.linkId) : undefined;
  return chosen === undefined ? first : agreedMatch(subject.linkId, first, choice(chosen, across, own));
}

function matches(own: readonly Candidate[], across: readonly Candidate[]): readonly (readonly [string, string])[] {
  return own
    .filter((subject) => !subject.isTaken)
    .flatMap((subject) => {
      const decided = decision(subject, own, across);
      return decided.kind === "link" ? [[subject.linkId, decided.linkId] as const] : [];
    });
}

test("I2: who is linked does not depend on which side is asked first", () => {
  fc.assert(
    fc.property(side("L"), side("R"), (left, right) => {
      const mirrored = matches(right, left).map(([own, across]) => `${across} ${own}`);
      expect(mirrored.sort()).toEqual(
        matches(left, right)
          .map((pair) => pair.join(" "))
          .sort(),
      );
    }),
    RUNS,
  );
});

test("I6: no record is linked with two, and none that is taken", () => {
  fc.assert(
    fc.property(side("L"), side("R"), (left, right) => {
      const found = matches(left, right).map(([, across]) => across);
      expect(new Set(found).size).toBe(found.length);
      for (const linkId of found) expect(right.find((other) => other.linkId === linkId)?.isTaken).toBe(false);
    }),
    RUNS,
  );
});

test("I4: a record that shares a key with somebody is linked or asked about, never taken for new", () => {
  fc.assert(
    fc.property(side("L"), side("R"), (left, right) => {
      for (const subject of left) {
        const isAlone = right.every((other) => !other.keys.some((key) => subject.keys.includes(key)));
        expect(decision(subject, left, right).kind === "none").toBe(isAlone);
      }
    }),
    RUNS,
  );
});
