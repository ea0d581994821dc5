import process from "node:process";
import { parseArgs } from "node:util";
import { giveBelongings } from "./belongings.ts";
import { giveFirms } from "./firms.ts";
import { FURTHER_PRODUCTS, type Further, startFurther } from "./further.ts";
import { createHighLevelEmulator } from "./highlevel/index.ts";
import { seededRandom } from "./random.ts";
import { createSalesmateEmulator } from "./salesmate/index.ts";
import { overlappingContacts } from "./scenario.ts";
import { runAlone, type Started, wholeOption } from "./standalone.ts";

const OPTIONS = {
  "highlevel-port": { type: "string", default: "4681" },
  "salesmate-port": { type: "string", default: "4682" },
  seed: { type: "string", default: "1" },
  contacts: { type: "string", default: "500,480" },
  webhooks: { type: "string", multiple: true },
  redirects: { type: "string", multiple: true },
  locations: { type: "string", default: "1" },
  unlimited: { type: "boolean", default: false },
  belongings: { type: "boolean", default: false },
  all: { type: "boolean", default: false },
  "trustmary-port": { type: "string", default: "4683" },
  "trustpilot-port": { type: "string", default: "4684" },
  "trint-port": { type: "string", default: "4685" },
  "trustmary-webhooks": { type: "string" },
  "trustpilot-webhooks": { type: "string" },
  "trint-webhooks": { type: "string" },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

/** Starts the emulators with address books that overlap. Ids and keys for signing in follow from the seed. */
async function start(): Promise<Started> {
  const { values } = parseArgs({ options: OPTIONS });
  const both = await startBoth(values);
  const further = values.all ? await startFurtherOnes(values) : undefined;
  return {
    ready: { ...both.ready, ...further?.ready },
    close: () => Promise.all([both.close(), further?.close()]),
    isTiedToParent: values["exit-with-parent"],
  };
}

function startFurtherOnes(values: Values): Promise<Further> {
  const named = FURTHER_PRODUCTS.map((product) => [product, values[`${product}-webhooks`]] as const);
  return startFurther({
    seed: wholeOption("seed", values.seed),
    now: Date.now(),
    limits: { off: values.unlimited },
    webhooks: Object.fromEntries(named.flatMap(([product, url]) => (url === undefined ? [] : [[product, url]]))),
    ports: {
      trustmary: wholeOption("trustmary-port", values["trustmary-port"]),
      trustpilot: wholeOption("trustpilot-port", values["trustpilot-port"]),
      trint: wholeOption("trint-port", values["trint-port"]),
    },
  });
}

async function startBoth(values: Values): Promise<Omit<Started, "isTiedToParent">> {
  const seed = wholeOption("seed", values.seed);
  const counts = countsFrom(values.contacts);
  const limits = { off: values.unlimited };
  const highlevel = createHighLevelEmulator({
    random: seededRandom(seed),
    limits,
    webhookUrls: values.webhooks ?? [],
    app: { redirectUris: values.redirects ?? [] },
    furtherLocations: Array.from({ length: Math.max(0, wholeOption("locations", values.locations) - 1) }, () => ({})),
    populate: (from, count) => overlappingContacts(from, { ...counts, highlevel: count }, Date.now()).highlevel,
  });
  const salesmate = createSalesmateEmulator({
    random: seededRandom(seed + 1),
    limits,
    populate: (from, count) => overlappingContacts(from, { ...counts, salesmate: count }, Date.now()).salesmate,
  });
  highlevel.control.reset(seed, counts.highlevel);
  salesmate.control.reset(seed, counts.salesmate);
  if (values.belongings) {
    // What was there before is no news.
    highlevel.setWebhookUrls([]);
    giveBelongings("highlevel", highlevel, seed, Date.now());
    giveBelongings("salesmate", salesmate, seed, Date.now());
    giveFirms("highlevel", highlevel.desks);
    giveFirms("salesmate", salesmate.desks);
    highlevel.setWebhookUrls(values.webhooks ?? []);
  }
  const [{ url: highlevelUrl }, { url: salesmateUrl }] = await Promise.all([
    highlevel.listen(wholeOption("highlevel-port", values["highlevel-port"])),
    salesmate.listen(wholeOption("salesmate-port", values["salesmate-port"])),
  ]);
  return {
    ready: {
      highlevel: { url: highlevelUrl, ...highlevel.signIn() },
      salesmate: { url: salesmateUrl, ...salesmate.signIn() },
    },
    close: () => Promise.all([highlevel.close(), salesmate.close()]),
  };
}

function countsFrom(text: string): { highlevel: number; salesmate: number } {
  const [left = "", right = ""] = text.split(",");
  return { highlevel: wholeOption("contacts", left), salesmate: wholeOption("contacts", right) };
}

await runAlone(process, start);
