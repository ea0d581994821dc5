import process from "node:process";
import { parseArgs } from "node:util";
import { seededRandom } from "../random.ts";
import { runAlone, type Started, wholeOption } from "../standalone.ts";
import { createTrustmaryEmulator } from "./index.ts";

const OPTIONS = {
  port: { type: "string", default: "4683" },
  seed: { type: "string", default: "1" },
  contacts: { type: "string", default: "200" },
  webhooks: { type: "string", multiple: true },
  unlimited: { type: "boolean", default: false },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

async function start(): Promise<Started> {
  const { values } = parseArgs({ options: OPTIONS });
  const seed = wholeOption("seed", values.seed);
  const emulator = createTrustmaryEmulator({
    random: seededRandom(seed + 2),
    limits: { off: values.unlimited },
    webhookUrls: values.webhooks ?? [],
  });
  emulator.control.reset(seed, wholeOption("contacts", values.contacts));
  const { url, close } = await emulator.listen(wholeOption("port", values.port));
  return { ready: { trustmary: { url, ...emulator.signIn() } }, close, isTiedToParent: values["exit-with-parent"] };
}

await runAlone(process, start);
