import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";

const Ready = z.object({
  kind: z.literal("ready"),
  highlevel: z
    .object({
      url: z.string(),
      locationId: z.string(),
      token: z.string(),
      publicKeys: z.object({ ed25519: z.string(), rsa: z.string() }),
    })
    .optional(),
  salesmate: z
    .object({ url: z.string(), linkname: z.string(), sessionKey: z.string(), ownerId: z.number() })
    .optional(),
});

const Total = z.object({ total: z.number() });

const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

function start(file: string, ...options: string[]) {
  const child = spawn(process.execPath, [`sandbox/${file}`, ...options], { stdio: ["pipe", "pipe", "pipe"] });
  running.push(child);
  const ended = once(child, "exit");
  return { child, ended };
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stream })) return line;
  return "";
}

test("EP10 the sandbox starts on free ports, says where in one line, and ends with its parent", async () => {
  const { child, ended } = start(
    "main.ts",
    ...["--highlevel-port", "0", "--salesmate-port", "0", "--contacts", "50,48", "--exit-with-parent"],
  );
  const { highlevel, salesmate } = Ready.parse(JSON.parse(await firstLine(child.stdout)));
  const total = async (url = "") => Total.parse(await (await fetch(`${url}/_control/contacts?limit=1`)).json()).total;
  expect(await total(highlevel?.url)).toBe(50);
  expect(await total(salesmate?.url)).toBe(48);
  expect(highlevel?.publicKeys.rsa).toContain("BEGIN PUBLIC KEY");
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
});

test.each(["highlevel", "salesmate"] as const)("EP11 the %s emulator starts by itself", async (product) => {
  const { child, ended } = start(`${product}/main.ts`, "--port", "0", "--contacts", "5", "--unlimited");
  const ready = Ready.parse(JSON.parse(await firstLine(child.stdout)));
  const limits = await (await fetch(`${ready[product]?.url}/_control/limits`)).json();
  expect(limits).toMatchObject({ off: true });
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("EP13 HighLevel starts with further locations, registered addresses and a developer's limits", async () => {
  const options = ["--locations", "3", "--redirects", "https://hub.example/back", "--developer-limits"];
  const { child } = start("highlevel/main.ts", "--port", "0", "--contacts", "5", ...options);
  const { highlevel } = Ready.parse(JSON.parse(await firstLine(child.stdout)));
  const asked = async (path: string): Promise<unknown> => (await fetch(`${highlevel?.url}/_control/${path}`)).json();
  expect(await asked("locations")).toMatchObject({ locations: [{ id: highlevel?.locationId }, {}, {}] });
  expect(await asked("app")).toMatchObject({ redirectUris: ["https://hub.example/back"] });
  expect(await asked("limits")).toMatchObject({ requests: 25, daily: 10_000, off: false });
});

test.each([
  [["--contacts", "many"], "sandbox: --contacts must be a whole number"],
  [["--colour"], "sandbox: Unknown option '--colour'"],
])("EP12 a bad command line %j is told in one line", async (options, words) => {
  const { child, ended } = start("main.ts", ...options);
  const [line, [code]] = await Promise.all([firstLine(child.stderr), ended]);
  expect(line).toContain(words);
  expect(code).toBe(1);
});
