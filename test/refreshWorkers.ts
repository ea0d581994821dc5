import { createInterface } from "node:readline";
import { highlevel } from "../connectors/highlevel/index.ts";
import { openConnection, PRIORITIES, partnerAgent } from "../kit/index.ts";
import { createCredentials } from "../server/connections/index.ts";
import { createVault, keyringOf } from "../server/vault/index.ts";
import { openStore } from "../store/index.ts";

/**
 * A process in which many workers meet one connection of a shared store at the same moment:
 * `node test/refreshWorkers.ts <store address> <master key> <partner's address> <location id> <workers>`. Prints `ready`,
 * waits for a line, has every worker make one call, and prints how many were answered.
 */
const [address = "", key = "", url = "", locationId = "", workers = "1"] = process.argv.slice(2);
const clock = {
  now: Date.now,
  after: (ms: number, callback: () => void) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};
const store = openStore(address);
await store.migrate();
const credentials = createCredentials(store, createVault(keyringOf([key])), `process ${process.pid}`);
const agent = partnerAgent();
const open = openConnection({
  connector: highlevel,
  connection: { id: "crm", settings: { locationId }, baseUrls: { api: url } },
  credential: credentials.accessOf("w", "crm"),
  clock,
  random: Math.random,
  dispatcher: agent,
});
const { http } = open.session({ priority: PRIORITIES.live, calls: [] });
const doing = "read the location";
const call = () => http.request({ method: "GET", path: `/locations/${locationId}`, doing });

const lines = createInterface({ input: process.stdin });
console.log("ready");
for await (const _line of lines) {
  const outcomes = await Promise.allSettled(Array.from({ length: Number(workers) }, call));
  const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
  console.log(JSON.stringify({ answered: outcomes.length - failures.length, failures }));
  break;
}
await open.close();
await agent.close();
await store.close();
