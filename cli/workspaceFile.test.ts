import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Failure } from "../model/errors.ts";
import { readWorkspaceFile } from "./workspaceFile.ts";

const GOOD = `workspace:
  id: acme
  name: Acme Dental
connections:
  - id: highlevel
    connector: highlevel
    name: HighLevel
    settings: { locationId: abc }
    credential:
      kind: token
      token: \${env:HIGHLEVEL_TOKEN}
`;

function issuesOf(text: string, environment: Record<string, string> = {}): readonly string[] {
  try {
    readWorkspaceFile("w.yaml", text, environment);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "misconfigured") return thrown.details.issues ?? [];
    throw thrown;
  }
  return [];
}

describe("workspace file", () => {
  test("X10 references to the environment are replaced, so that no secret stands in the file", () => {
    const config = readWorkspaceFile("w.yaml", GOOD, { HIGHLEVEL_TOKEN: "pit-1" });
    expect(config.connections?.[0]?.credential).toEqual({ kind: "token", token: "pit-1" });
  });

  test("X10 a secret that looks like YAML stays a text", () => {
    const config = readWorkspaceFile("w.yaml", GOOD, { HIGHLEVEL_TOKEN: "123: {4}" });
    expect(config.connections?.[0]?.credential).toEqual({ kind: "token", token: "123: {4}" });
  });

  test("X11 a variable that is not set is named with where it is asked for", () => {
    expect(issuesOf(GOOD)).toEqual(["w.yaml:11:14: the environment variable HIGHLEVEL_TOKEN is not set"]);
  });

  test("X12 what is no YAML is named with line and column", () => {
    expect(issuesOf("workspace:\n  id: [acme\n")).toEqual([expect.stringMatching(/^w\.yaml:\d+:\d+: /)]);
  });

  test.each([
    [
      "a value of the wrong form",
      GOOD.replace("id: acme", "id: Acme Dental"),
      "w.yaml:2:3: workspace.id: use lower-case",
    ],
    ["a key that is not known", `${GOOD}synks: []\n`, 'w.yaml:1:1: Unrecognized key: "synks"'],
    ["a missing key", GOOD.replace("    name: HighLevel\n", ""), "w.yaml:5:5: connections.0.name:"],
    [
      "an unknown kind of credential",
      GOOD.replace("kind: token", "kind: magic"),
      "w.yaml:10:7: connections.0.credential.kind:",
    ],
    ["a text where a list belongs", `${GOOD}syncs: none\n`, "w.yaml:12:1: syncs:"],
    ["an empty file", "", "w.yaml:1:1: "],
  ])("X12 %s is named with line and column", (_what, text, words) => {
    const issues = issuesOf(text, { HIGHLEVEL_TOKEN: "pit-1" });
    expect(issues).toHaveLength(1);
    expect(issues[0]).toContain(words);
  });

  test("X13 the example in the repository can be applied", () => {
    const text = readFileSync(new URL("../examples/workspace.yaml", import.meta.url), "utf8");
    const environment = { HIGHLEVEL_TOKEN: "pit-1", SALESMATE_SESSION_KEY: "key" };
    expect(readWorkspaceFile("examples/workspace.yaml", text, environment).syncs).not.toEqual([]);
  });
});
