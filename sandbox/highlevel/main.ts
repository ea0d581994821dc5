import process from "node:process";
import { parseArgs } from "node:util";
import { seededRandom } from "../random.ts";
import { runAlone, type Started, wholeOption } from "../standalone.ts";
import { createHighLevelEmulator, DEVELOPER_LIMITS } from "./index.ts";

const OPTIONS = {
  port: { type: "string", default: "4681" },
  seed: { type: "string", default: "1" },
  contacts: { type: "string", default: "500" },
  webhooks: { type: "string", multiple: true },
  redirects: { type: "string", multiple: true },
  locations: { type: "string", default: "1" },
  unlimited: { type: "boolean", default: false },
  "developer-limits": { type: "boolean", default: false },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

async function start(): Promise<Started> {
  const { values } = parseArgs({ options: OPTIONS });
  const seed = wholeOption("seed", values.seed);
  const emulator = createHighLevelEmulator({
    random: seededRandom(seed),
    limits: { off: values.unlimited, ...(values["developer-limits"] && DEVELOPER_LIMITS) },
    webhookUrls: values.webhooks ?? [],
    app: { redirectUris: values.redirects ?? [] },
    furtherLocations: Array.from({ length: Math.max(0, wholeOption("locations", values.locations) - 1) }, () => ({})),
  });
  emulator.control.reset(seed, wholeOption("contacts", values.contacts));
  const { url, close } = await emulator.listen(wholeOption("port", values.port));
  const ready = { highlevel: { url, ...emulator.signIn() } };
  return { ready, close, isTiedToParent: values["exit-with-parent"] };
}

await runAlone(process, start);
