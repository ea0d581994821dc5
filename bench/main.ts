import { benchBackfill, benchStart } from "./backfill.ts";
import { benchCarry } from "./carry.ts";
import { benchForged } from "./forged.ts";
import { benchImporting } from "./importing.ts";
import { benchIntake } from "./intake.ts";
import { benchPlan } from "./plan.ts";
import { benchReconcile } from "./reconcile.ts";
import { machine, type Row, tableOf } from "./table.ts";

/**
 * `npm run bench [name …]`: measures and prints a table. Hub, emulators and the floor are processes of their own on
 * the same machine. Exits with 1 when a figure misses what it is to reach.
 */
const BENCHES: Readonly<Record<string, () => Promise<Row[]>>> = {
  plan: benchPlan,
  start: benchStart,
  forged: benchForged,
  importing: benchImporting,
  intake: benchIntake,
  carry: benchCarry,
  reconcile: benchReconcile,
  backfill: benchBackfill,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`There is no bench ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.\n`);
  process.exit(1);
}

const rows: Row[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`measuring ${name} …\n`);
  rows.push(...(await bench()));
}
process.stdout.write(`\n${machine()}\n\n${tableOf(rows)}\n`);
process.exitCode = rows.some((row) => row.isReached === false) ? 1 : 0;
