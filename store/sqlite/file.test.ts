import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { aDelivery, aJournalEntry, NOON } from "../../test/builders.ts";
import { openStore } from "../index.ts";

const folder = mkdtempSync(join(tmpdir(), "kith-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("S36 a database of another program is refused by name and left as it was", async () => {
  const file = join(folder, "other.db");
  const other = new DatabaseSync(file);
  other.exec("create table recipes (title text)");
  const store = openStore(`sqlite:${file}`);
  await expect(store.migrate()).rejects.toMatchObject({
    kind: "misconfigured",
    message: expect.stringContaining("other.db is the database of another program"),
  });
  await store.close();
  expect(other.prepare("select name from sqlite_master").all()).toEqual([{ name: "recipes" }]);
  expect(other.prepare("pragma journal_mode").get()).toEqual({ journal_mode: "delete" });
  other.close();
});

test("S36 a file that is no database is refused by name", async () => {
  const file = join(folder, "letter.txt");
  writeFileSync(file, "Dear Ana, this is a letter and not a database. ".repeat(100));
  const open = async () => openStore(`sqlite:${file}`).migrate();
  await expect(open()).rejects.toMatchObject({
    kind: "misconfigured",
    message: expect.stringContaining("letter.txt is not an SQLite database"),
  });
});

test("S36 a place where no file can be made is one clear sentence", () => {
  const file = join(folder, "letter.txt", "kith.db");
  expect(() => openStore(`sqlite:${file}`)).toThrow(expect.objectContaining({ kind: "misconfigured" }));
  expect(() => openStore(`sqlite:${folder}`)).toThrow(/cannot be opened for writing/);
});

test("S36 an address that is none is refused with an example of one, and without repeating it", () => {
  for (const url of ["mysql://root:secret@host/db", "sqlite:", ""]) {
    expect(() => openStore(url)).toThrow(/must look like sqlite:\/path\/to\/file.db or postgres:/);
  }
});

/** Owner, group and others may … of the database and the files beside it, in octal. */
const modesOf = (file: string) => ["", "-wal", "-shm"].map((end) => (statSync(file + end).mode & 0o777).toString(8));

test("S44 a database and the files beside it can be read by their owner only", async () => {
  const file = join(folder, "private.db");
  const store = openStore(`sqlite:${file}`);
  await store.migrate();
  expect(modesOf(file)).toEqual(["600", "600", "600"]);
  for (const end of ["", "-wal", "-shm"]) chmodSync(file + end, 0o644);
  const again = openStore(`sqlite:${file}`);
  await again.migrate();
  expect(modesOf(file)).toEqual(["600", "600", "600"]);
  await again.close();
  await store.close();
});

test("S44 the file of another program keeps its permissions", async () => {
  const file = join(folder, "open.db");
  const other = new DatabaseSync(file);
  other.exec("create table recipes (title text)");
  other.close();
  chmodSync(file, 0o644);
  const store = openStore(`sqlite:${file}`);
  await expect(store.migrate()).rejects.toMatchObject({ kind: "misconfigured" });
  await store.close();
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test("S37 a database made by a newer version is refused, and says so", async () => {
  const file = join(folder, "newer.db");
  const store = openStore(`sqlite:${file}`);
  await store.migrate();
  await store.close();
  const later = new DatabaseSync(file);
  later.exec("insert into schema_migrations (number, name) values (9999, 'from the future')");
  later.close();
  const again = openStore(`sqlite:${file}`);
  await expect(again.migrate()).rejects.toMatchObject({
    kind: "misconfigured",
    message: expect.stringContaining("newer version"),
  });
  await again.close();
});

test("S38 a row whose JSON is damaged is a bug that names table and row", async () => {
  const file = join(folder, "damaged.db");
  const store = openStore(`sqlite:${file}`);
  await store.migrate();
  await store.acceptDelivery("acme", aDelivery(), []);
  const other = new DatabaseSync(file);
  other.exec("update deliveries set external_ids = '[oops'");
  other.close();
  await expect(store.deliveries("acme", { limit: 1 })).rejects.toMatchObject({
    kind: "bug",
    message: expect.stringContaining("row delivery-1 of table deliveries"),
  });
  await store.close();
});

test("S39 killed in the middle of its work, a process loses nothing that it acknowledged", async () => {
  const file = join(folder, "killed.db");
  for (const round of [1, 2, 3]) {
    const acknowledged = await writeUntilKilled(file, `round-${round}`, 200 * round);
    const store = openStore(`sqlite:${file}`);
    await store.migrate();
    const entries = await store.journal("acme", { limit: 1_000_000 });
    const stored = new Set(entries.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    // Each application stored an entry and a mark: neither without the other.
    const lane = await store.takeLane("acme", "test", NOON);
    await store.apply(lane, [{ kind: "journal", entry: aJournalEntry({ id: `after-${round}` }) }]);
    const due = await store.dueCounts("acme", NOON);
    expect(due.waiting).toBe([...stored].filter((id) => id.startsWith("round-")).length);
    await store.close();
  }
});

/** Runs `killed.ts` until it has acknowledged `count` writes, then kills it. @returns the ids acknowledged. */
async function writeUntilKilled(file: string, prefix: string, count: number): Promise<string[]> {
  const script = fileURLToPath(new URL("../../test/storeWriter.ts", import.meta.url));
  const child = spawn(process.execPath, [script, `sqlite:${file}`, prefix], { stdio: ["ignore", "pipe", "inherit"] });
  const acknowledged: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === count) child.kill("SIGKILL");
  }
  // Without this, a child that failed at once would prove nothing.
  expect(acknowledged.length).toBeGreaterThanOrEqual(count);
  return acknowledged;
}
