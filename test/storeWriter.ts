import { writeSync } from "node:fs";
import { openStore } from "../store/index.ts";
import { aJournalEntry, NOON } from "./builders.ts";

/**
 * Writes without end, many writers at once, and prints the id of each write that the store has acknowledged. Made to be
 * killed: `node test/storeWriter.ts <store address> <prefix of ids>`.
 */
const [address = "", prefix = ""] = process.argv.slice(2);
const store = openStore(address);
await store.migrate();
const lane = await store.takeLane("acme", prefix, NOON);
let written = 0;

async function write(): Promise<never> {
  for (;;) {
    written += 1;
    const id = `${prefix}-${String(written).padStart(9, "0")}`;
    await store.apply(lane, [
      { kind: "journal", entry: aJournalEntry({ id }) },
      { kind: "mark", mark: { key: `link:${id}`, syncId: "contacts", priority: 0, dueAt: NOON, reason: "webhook" } },
    ]);
    // At once, not through a buffer that would die with the process.
    writeSync(1, `${id}\n`);
  }
}

await Promise.all(Array.from({ length: 16 }, write));
