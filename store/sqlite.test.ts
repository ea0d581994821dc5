import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { describeStore } from "./conformance.ts";
import { openStore } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "kith-sqlite-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeStore("SQLite in memory", async () => openStore("sqlite::memory:"));
describeStore("SQLite in a file", async () => openStore(`sqlite:${join(folder, "kith.db")}`));
