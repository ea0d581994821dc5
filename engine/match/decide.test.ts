import { expect, test } from "vitest";
import { agreedMatch, type Candidate, decideMatch, type MatchDecision } from "./decide.ts";

/** A record: `email phone name`, `-` for what it lacks; `!` in front when it has a counterpart already. */
function person(linkId: string, text: string): Candidate {
  const [email = "-", phone = "-", name = "-"] = text.replace("!", "").split(" ");
  return {
    linkId,
    keys: [...(email === "-" ? [] : [`email:${email}`]), ...(phone === "-" ? [] : [`phone:${phone}`])],
    name: name === "-" ? "" : name,
    isTaken: text.startsWith("!"),
  };
}

function everyone(prefix: string, texts: readonly string[]): Candidate[] {
  return texts.map((text, place) => person(`${prefix}${place + 1}`, text));
}

/** What comes of it in one word: whom it is linked with, `none`, or whom a person is asked about. */
function told(decision: MatchDecision): string {
  if (decision.kind === "link") return `link ${decision.linkId}`;
  if (decision.kind === "none") return "none";
  return `ask ${decision.candidates.map((candidate) => candidate.linkId).join(" ")}`;
}

test.each<[rule: string, subject: string, across: readonly string[], beside: readonly string[], told: string]>([
  ["I1: nothing shared, nobody found", "a 1 ana", ["b 2 bo"], [], "none"],
  ["I1: nobody across at all", "a 1 ana", [], ["a 2 ana"], "none"],
  ["I1: e-mail decides before phone", "a 1 ana", ["b 1 bo", "a 2 cy"], [], "link R2"],
  ["I1: phone decides where e-mail finds nobody", "a 1 ana", ["b 1 ana"], [], "link R1"],
  ["I1: what e-mail leaves open is not settled by phone", "a 1 -", ["a 1 -", "a 2 -"], [], "ask R1 R2"],
  ["I2: one free candidate is linked", "a - ana", ["a - bo"], [], "link R1"],
  ["I2: a taken candidate is not", "a - ana", ["!a - ana"], [], "ask R1"],
  ["I2: nor one that another record claims", "a - ana", ["a - bo"], ["a - cy"], "ask R1"],
  ["I3: among several the name singles one out", "a - ana", ["a - bo", "a - ana"], [], "link R2"],
  ["I3: also where one beside claims the same", "a - ana", ["a - ana"], ["a - bo"], "link R1"],
  ["I3: not when two carry the name", "a - ana", ["a - ana", "a - ana"], [], "ask R1 R2"],
  ["I3: not when one beside carries it as well", "a - ana", ["a - ana"], ["a - ana"], "ask R1"],
  ["I3: not when its bearer is taken", "a - ana", ["!a - ana", "a - bo"], [], "ask R1 R2"],
  ["I3: having no name is no shared name", "a - -", ["a - -", "a - -"], [], "ask R1 R2"],
  ["I5: a family's phone does not make one person of two", "a 1 ana", ["b 1 bo"], [], "ask R1"],
  ["I5: it does where the names agree", "a 1 ana", ["b 1 ana"], [], "link R1"],
  ["I5: it does where one has no e-mail address", "- 1 ana", ["b 1 bo"], [], "link R1"],
])("%s", (_rule, subject, across, beside, expected) => {
  const decision = decideMatch(person("L1", subject), everyone("R", across), everyone("B", beside), ["email", "phone"]);
  expect(told(decision)).toBe(expected);
});

test("I1: the sync's own order of rules is followed", () => {
  const across = everyone("R", ["b 1 ana", "a 2 ana"]);
  expect(told(decideMatch(person("L1", "a 1 ana"), across, [], ["phone", "email"]))).toBe("link R1");
  expect(told(decideMatch(person("L1", "a 3 ana"), across, [], ["phone"]))).toBe("none");
});

test("I4: the person asked sees what speaks for each candidate", () => {
  const across = everyone("R", ["a 1 ana", "!a 2 bo"]);
  const decision = decideMatch(person("L1", "a 1 cy"), across, [], ["email"]);
  expect(decision).toEqual({
    kind: "ambiguous",
    candidates: [
      { linkId: "R1", evidence: ["same e-mail", "same phone"] },
      { linkId: "R2", evidence: ["same e-mail", "already linked to another"] },
    ],
  });
});

test("I2: a match holds only when the one found chooses the same", () => {
  const decision: MatchDecision = { kind: "link", linkId: "R1", evidence: ["same phone"] };
  expect(agreedMatch("L1", decision, { kind: "link", linkId: "L1", evidence: [] })).toBe(decision);
  for (const back of [{ kind: "link", linkId: "L2", evidence: [] }, { kind: "none" }] as const) {
    expect(told(agreedMatch("L1", decision, back))).toBe("ask R1");
  }
});

test("I15: of businesses that share a name one is linked, and of several a person is asked", () => {
  const firm = (linkId: string, keys: readonly string[], name = "silva"): Candidate => ({
    linkId,
    keys: [`name:${name}`, ...keys],
    name,
    isTaken: false,
  });
  const rules = ["name", "website"] as const;
  const subject = firm("L1", ["website:silva.example"]);
  expect(decideMatch(subject, [firm("R1", ["website:silva.example"])], [], rules)).toEqual({
    kind: "link",
    linkId: "R1",
    evidence: ["same website", "same name"],
  });
  expect(told(decideMatch(subject, [firm("R1", []), firm("R2", [])], [], rules))).toBe("ask R1 R2");
  expect(told(decideMatch(subject, [firm("R1", ["website:silva.example"], "other")], [], rules))).toBe("link R1");
});
