import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { composeHub, type Hub } from "../server/compose.ts";
import { readEnv } from "../server/env.ts";
import { runProgram } from "./program.ts";
import type { World } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "kith-cli-"));
const dataDir = join(folder, "data");
const WORKSPACE = `workspace: { id: acme, name: Acme }
connections:
  - { id: highlevel, connector: highlevel, name: HighLevel, settings: { locationId: abc }, credential: { kind: token, token: pit-1 } }
  - { id: salesmate, connector: salesmate, name: Salesmate, settings: { linkname: acme, ownerId: 1 }, credential: { kind: token, token: key } }
`;
const workspaceFile = join(folder, "workspace.yaml");

let hub: Hub;
let environment: Record<string, string>;
beforeAll(async () => {
  environment = { KITH_DATA_DIR: dataDir, KITH_PORT: "0", KITH_LOG_LEVEL: "silent" };
  hub = await composeHub(readEnv(environment));
  environment = { ...environment, KITH_URL: hub.listensAt };
  writeFileSync(workspaceFile, WORKSPACE);
});
afterAll(async () => {
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs one command line. Commands that run until they are stopped are stopped as soon as they have started. */
async function run(line: string, change: Record<string, string> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const world: World = {
    environment: { ...environment, ...change },
    print: (text) => out.push(text),
    rewrite: (text) => out.push(text),
    warn: (text) => err.push(text),
    isTerminal: false,
    readFile: (path) => readFile(path, "utf8"),
    removeFile: (path) => rm(path, { force: true }),
    fetch,
    pause: async () => {},
    started: () => {},
    stopped: Promise.resolve(),
  };
  const code = await runProgram(world, line.split(" "));
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** One sentence, said as the program, and nothing else: no stack. */
const ONE_SENTENCE = /^kith: [^\n]+\.$/;

describe("commands that ask a hub", () => {
  test("X20 apply sends the file and says what changed; a second time nothing", async () => {
    const first = await run(`apply ${workspaceFile}`);
    expect(first).toEqual({
      code: 0,
      out: "workspace acme: added\nconnection highlevel: added\nconnection salesmate: added",
      err: "",
    });
    expect(await run(`apply ${workspaceFile}`)).toEqual({ code: 0, out: "nothing to change", err: "" });
  });

  test("X21 status shows the connections, and --json the same as data", async () => {
    const shown = await run("status");
    expect(shown.code).toBe(0);
    expect(shown.out).toContain("HighLevel");
    const { out } = await run("status --json");
    expect(JSON.parse(out)).toMatchObject({
      workspace: { id: "acme" },
      connections: [{ id: "highlevel" }, { id: "salesmate" }],
    });
  });

  test("X65 pause and resume hold back a sync, a connection or everything, and say what", async () => {
    const statusOf = async () => JSON.parse((await run("status --json")).out);
    expect(await run("pause")).toMatchObject({ code: 0, out: expect.stringContaining("workspace acme is paused") });
    expect(await statusOf()).toMatchObject({ workspace: { isPaused: true } });
    expect((await run("status")).out).toContain("paused");
    expect((await run("resume")).out).toContain("workspace acme goes on");
    expect((await run("pause --connection highlevel")).out).toContain("connection highlevel is paused");
    expect(await statusOf()).toMatchObject({
      workspace: { isPaused: false },
      connections: [{ id: "highlevel", isPaused: true }, { isPaused: false }],
    });
    expect((await run("resume --connection highlevel")).code).toBe(0);
    expect(await run("pause nothing")).toMatchObject({ code: 1, err: expect.stringMatching(ONE_SENTENCE) });
    expect(await run("pause nothing --connection highlevel")).toMatchObject({ code: 1 });
  });

  test("X66 retry says how many are tried again", async () => {
    expect(await run("retry")).toEqual({ code: 0, out: "nothing was set aside", err: "" });
    expect((await run("retry link:one link:two --json")).out).toBe('{"count":0}');
  });

  test("X22 link prints a link that signs in", async () => {
    const { out } = await run("link");
    const response = await fetch(out, { redirect: "manual" });
    expect(response.headers.getSetCookie()).toHaveLength(1);
  });

  test("X23 verify without a sync says so", async () => {
    const { code, err } = await run("verify");
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
  });

  test("X61 list where there is nothing says so", async () => {
    expect(await run("list --waiting")).toEqual({ code: 0, out: "Nothing to list.", err: "" });
    expect(JSON.parse((await run("list ana --json")).out)).toEqual([]);
  });

  test("X60 a decision about a record that is not there is one sentence", async () => {
    const { code, err } = await run("decide nobody --new");
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
  });

  test.each([
    ["a file that is not there", "apply nowhere.yaml", {}, "nowhere.yaml"],
    ["a hub that is not there", "status --url http://127.0.0.1:9", {}, "No hub answers at http://127.0.0.1:9"],
    ["a data folder without a token", "status", { KITH_DATA_DIR: join(folder, "empty") }, "operator.token"],
    ["a workspace that is not there", "status --workspace nobody", {}, "nobody"],
    ["a bad environment value", "status", { KITH_PORT: "many" }, "KITH_PORT"],
  ])("X24 %s is one sentence and exit code 1", async (_what, line, change, words) => {
    const { code, err } = await run(line, change);
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toContain(words);
  });

  test("X25 a bad workspace file is refused with file, line and column, before anything is sent", async () => {
    const file = join(folder, "bad.yaml");
    writeFileSync(file, WORKSPACE.replace("id: acme", "id: ACME"));
    const { code, err } = await run(`apply ${file}`);
    expect(code).toBe(1);
    expect(err).toContain(`${file}:1:14: workspace.id:`);
  });

  test("X25 settings that a connector refuses are named by connection and key", async () => {
    const file = join(folder, "settings.yaml");
    writeFileSync(file, WORKSPACE.replace("linkname: acme", "linkname: Not.Valid"));
    const { code, err } = await run(`apply ${file}`);
    expect(code).toBe(1);
    expect(err).toContain("connection salesmate: settings.linkname:");
  });

  test("X26 an unknown command is refused with exit code 1, and help is given with 0", async () => {
    expect((await run("dance")).code).toBe(1);
    const help = await run("--help");
    expect(help.code).toBe(0);
    for (const command of ["serve", "sandbox", "apply", "status", "verify", "list", "decide", "link"])
      expect(help.out).toContain(command);
  });
});

describe("serve", () => {
  test("X30 prints the address and a link, and stops in order", async () => {
    const { code, out, err } = await run("serve", {
      KITH_DATA_DIR: join(folder, "second"),
      KITH_URL: "http://kith.test",
    });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^Kith runs at http:\/\/kith\.test\n.*http:\/\/kith\.test\/api\/auth\/magic-link\/verify\?token=/,
    );
  });

  const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

  test("X31 the data folder and everything in it are for their owner's eyes only", () => {
    const files = readdirSync(dataDir).toSorted();
    expect(files).toEqual(["kith.db", "kith.db-shm", "kith.db-wal", "master.key", "operator.token"]);
    for (const name of files) expect([name, modeOf(join(dataDir, name))]).toEqual([name, "600"]);
    expect(modeOf(dataDir)).toBe("700");
  });

  test("X31 a data folder that others could enter is closed to them", async () => {
    const open = join(folder, "open");
    mkdirSync(open);
    chmodSync(open, 0o755);
    expect((await run("serve", { KITH_DATA_DIR: open })).code).toBe(0);
    expect(modeOf(open)).toBe("700");
  });

  test("X32 a port in use is one sentence and exit code 1", async () => {
    const { port } = new URL(hub.listensAt);
    const { code, err } = await run("serve", { KITH_PORT: port, KITH_DATA_DIR: join(folder, "third") });
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toContain(`Port ${port}`);
  });

  test("X33 a database file of another program is one sentence and stays as it is", async () => {
    const file = join(folder, "foreign.db");
    const foreign = new DatabaseSync(file);
    foreign.exec("create table theirs (id integer)");
    foreign.close();
    const before = await readFile(file);
    const { code, err } = await run("serve", { KITH_STORE: `sqlite:${file}`, KITH_DATA_DIR: join(folder, "fourth") });
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toContain(file);
    expect(before.equals(await readFile(file))).toBe(true);
  });

  test("X34 a data folder that cannot be made is one sentence that names it", async () => {
    const { code, err } = await run("serve", { KITH_DATA_DIR: join(workspaceFile, "data") });
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toContain("workspace.yaml");
  });

  test("X35 a master key file that holds no keys is one sentence that names it", async () => {
    const bad = join(folder, "badkey");
    await run("serve", { KITH_DATA_DIR: bad });
    writeFileSync(join(bad, "master.key"), "hunter2\n");
    const { code, err } = await run("serve", { KITH_DATA_DIR: bad });
    expect(code).toBe(1);
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).not.toContain("hunter2");
  });
});

describe("the operator's token", () => {
  test("X41 a sandbox's is taken with --sandbox, or where there is no other", async () => {
    const home = join(folder, "tokens");
    mkdirSync(home);
    writeFileSync(join(home, "operator.sandbox.token"), await readFile(join(dataDir, "operator.token")));
    expect((await run("status", { KITH_DATA_DIR: home })).code).toBe(0);
    writeFileSync(join(home, "operator.token"), "that of another store");
    const { code, err } = await run("status", { KITH_DATA_DIR: home });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("give --sandbox") });
    expect((await run("status --sandbox", { KITH_DATA_DIR: home })).code).toBe(0);
  });

  test("X41 a sandbox keeps its token apart from that of a hub that serves", async () => {
    const home = join(folder, "apart");
    const env = readEnv({ KITH_DATA_DIR: home, KITH_PORT: "0", KITH_LOG_LEVEL: "silent" });
    const sandbox = { highlevel: "http://127.0.0.1:9", salesmate: "http://127.0.0.1:9" };
    const made = await composeHub(env, { sandbox });
    await made.stop();
    expect(readdirSync(home)).toContain("operator.sandbox.token");
    expect(readdirSync(home)).not.toContain("operator.token");
  });
});

describe("sandbox", () => {
  test("X40 a sandbox whose port is taken leaves the other's store alone", async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => {
        const address = taken.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const home = join(folder, "shared");
    await run("serve", { KITH_DATA_DIR: home, KITH_STORE: `sqlite:${join(home, "sandbox.db")}` });
    const before = await readFile(join(home, "sandbox.db"));
    const { code, err } = await run("sandbox", { KITH_DATA_DIR: home, KITH_PORT: String(port) });
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(ONE_SENTENCE) });
    expect(before.equals(await readFile(join(home, "sandbox.db")))).toBe(true);
    await new Promise((resolve) => taken.close(resolve));
  });
});
