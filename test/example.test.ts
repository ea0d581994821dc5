import { expect, test } from "vitest";
import { parse } from "yaml";
import { connectors } from "../connectors/index.ts";
import { MappingRow } from "../model/sync.ts";
import { WorkspaceConfig } from "../model/workspace.ts";
import { textOf } from "./source.ts";

const text = textOf("examples/workspace.yaml");

test("the example is a workspace file whose settings every connector takes", () => {
  const { connections, syncs } = WorkspaceConfig.parse(parse(text));
  const verdicts = connections.map(({ connector, settings }) => {
    const found = connectors.find(({ id }) => id === connector);
    return found?.settings.safeParse(settings).success;
  });
  expect(verdicts).toEqual([true, true]);
  for (const { left, right } of syncs) expect([left, right]).toEqual(connections.map(({ id }) => id));
  expect(syncs.map(({ resource }) => resource)).toContain("contact");
});

test("the example holds no secret, only the names of variables", () => {
  const { connections } = WorkspaceConfig.parse(parse(text));
  for (const { credential } of connections) {
    expect(credential?.kind === "token" && credential.token).toMatch(/^\$\{env:[A-Z_]+\}$/);
  }
});

test("the other way to sign in that the example shows is one that workspace files allow", () => {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.includes("# kind: oauth"));
  const shown = lines.slice(start, start + 7).map((line) => line.replace(/^\s*# /, ""));
  const { connections } = WorkspaceConfig.parse({
    workspace: { id: "acme", name: "Acme" },
    connections: [{ id: "one", connector: "highlevel", name: "One", credential: parse(shown.join("\n")) }],
  });
  expect(connections[0]?.credential?.kind).toBe("oauth");
});

test("the joined rows that the example shows are ones that workspace files allow", () => {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.includes("# - left: name"));
  const shown = lines.slice(start, start + 6).map((line) => line.replace(/^\s*# /, ""));
  const rows = MappingRow.array().parse(parse(shown.join("\n")));
  expect(rows.map(({ parts }) => parts?.as)).toEqual(["fullName", "address"]);
});
