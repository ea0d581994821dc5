import { describe, expect, test } from "vitest";
import type { ReplayView } from "../model/api/views.ts";
import { runProgram } from "./program.ts";
import type { World } from "./world.ts";

/** Runs one command line against a hub whose journal is replayed in these pages. */
async function run(args: readonly string[], pages: readonly ReplayView[]) {
  const lines: string[] = [];
  const asked: string[] = [];
  const answer = (url: string) => {
    if (!url.includes("/replay")) return [{ id: "acme", name: "Acme" }];
    asked.push(url.slice(url.indexOf("?")));
    return pages[asked.length - 1];
  };
  const world: World = {
    environment: { KITH_URL: "http://kith.test" },
    print: (text) => lines.push(text),
    rewrite: (text) => lines.push(text),
    warn: (text) => lines.push(text),
    isTerminal: false,
    readFile: async () => "token",
    removeFile: async () => {},
    fetch: async (url) => Response.json(answer(String(url))),
    pause: async () => {},
    started: () => {},
    stopped: Promise.resolve(),
  };
  return { code: await runProgram(world, args), lines, asked };
}

const DIFFERENT = { id: "9", at: Date.UTC(2026, 2, 6, 12), linkId: "ana", title: "Ana Silva", was: "[1]", is: "[2]" };

describe("replay", () => {
  test("X59 every page of the journal is decided anew, and the whole is told in one line", async () => {
    const pages = [
      { same: 200, incomplete: 0, differences: [], next: "7" },
      { same: 3, incomplete: 2, differences: [] },
    ];
    const { code, lines, asked } = await run(["replay"], pages);
    expect(code).toBe(0);
    expect(lines).toEqual([
      "Decisions about fields made anew, from 203 entries of the journal: 203 the same, 0 different; of 2 not all is kept that they were made from",
    ]);
    expect(asked).toEqual(["?limit=200", "?limit=200&before=7"]);
  });

  test("X59 a decision that is not the same is shown, and ends with exit code 1", async () => {
    const { code, lines } = await run(["replay"], [{ same: 1, incomplete: 0, differences: [DIFFERENT] }]);
    expect(code).toBe(1);
    expect(lines).toEqual([
      "2026-03-06T12:00:00.000Z  Ana Silva",
      "  then: [1]",
      "  now:  [2]",
      "Decisions about fields made anew, from 2 entries of the journal: 1 the same, 1 different",
    ]);
  });

  test("X59 one record, a time, and JSON can be asked for", async () => {
    const page = { same: 1, incomplete: 0, differences: [] };
    const { lines, asked } = await run(["replay", "--link", "ana", "--since", "2026-03-06T12:00Z", "--json"], [page]);
    expect(JSON.parse(lines.join(""))).toEqual(page);
    expect(asked).toEqual([`?limit=200&linkId=ana&since=${DIFFERENT.at}`]);
  });

  test("X59 what is no time is refused in one sentence", async () => {
    const { code, lines, asked } = await run(["replay", "--since", "yesterday"], []);
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
    expect(lines).toEqual([expect.stringMatching(/^kith: --since takes a day or a time.*"yesterday"[^\n]*\.$/)]);
  });
});
