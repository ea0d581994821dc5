import process from "node:process";
import { parseArgs } from "node:util";
import { seededRandom } from "../random.ts";
import { runAlone, type Started, wholeOption } from "../standalone.ts";
import { createTrintEmulator } from "./index.ts";

const OPTIONS = {
  port: { type: "string", default: "4685" },
  seed: { type: "string", default: "1" },
  transcripts: { type: "string", default: "24" },
  webhooks: { type: "string", multiple: true },
  unlimited: { type: "boolean", default: false },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

async function start(): Promise<Started> {
  const { values } = parseArgs({ options: OPTIONS });
  const seed = wholeOption("seed", values.seed);
  const emulator = createTrintEmulator({
    random: seededRandom(seed + 4),
    limits: { off: values.unlimited },
    webhookUrls: values.webhooks ?? [],
  });
  emulator.control.reset(seed, wholeOption("transcripts", values.transcripts));
  const { url, close } = await emulator.listen(wholeOption("port", values.port));
  return { ready: { trint: { url, ...emulator.signIn() } }, close, isTiedToParent: values["exit-with-parent"] };
}

await runAlone(process, start);
