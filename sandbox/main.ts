import process from "node:process";
import { parseArgs } from "node:util";
import { createHighLevelEmulator } from "./highlevel/index.ts";
import { createSalesmateEmulator } from "./salesmate/index.ts";
import { overlappingContacts } from "./scenario.ts";
import { announceReady, endInOrder, wholeOption } from "./standalone.ts";

const OPTIONS = {
  "highlevel-port": { type: "string", default: "4681" },
  "salesmate-port": { type: "string", default: "4682" },
  seed: { type: "string", default: "1" },
  contacts: { type: "string", default: "500,480" },
  webhooks: { type: "string", multiple: true },
  unlimited: { type: "boolean", default: false },
  "exit-with-parent": { type: "boolean", default: false },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const seed = wholeOption("seed", values.seed);
  const [left = "0", right = "0"] = values.contacts.split(",");
  const counts = { highlevel: wholeOption("contacts", left), salesmate: wholeOption("contacts", right) };
  const seeds = (from: number, sides: typeof counts) => overlappingContacts(from, sides, Date.now());
  const limits = { off: values.unlimited };
  const highlevel = createHighLevelEmulator({
    limits,
    webhookUrls: values.webhooks ?? [],
    populate: (from, count) => seeds(from, { ...counts, highlevel: count }).highlevel,
  });
  const salesmate = createSalesmateEmulator({
    limits,
    populate: (from, count) => seeds(from, { ...counts, salesmate: count }).salesmate,
  });
  highlevel.control.reset(seed, counts.highlevel);
  salesmate.control.reset(seed, counts.salesmate);
  const [atHighlevel, atSalesmate] = await Promise.all([
    highlevel.listen(wholeOption("highlevel-port", values["highlevel-port"])),
    salesmate.listen(wholeOption("salesmate-port", values["salesmate-port"])),
  ]);
  endInOrder(() => Promise.all([atHighlevel.close(), atSalesmate.close()]), values["exit-with-parent"]);
  announceReady({
    highlevel: {
      url: atHighlevel.url,
      locationId: highlevel.location.id,
      token: highlevel.token,
      publicKeys: highlevel.publicKeys(),
      oauthClient: highlevel.oauthClient,
    },
    salesmate: {
      url: atSalesmate.url,
      linkname: salesmate.linkname,
      sessionKey: salesmate.sessionKey,
      ownerId: salesmate.ownerId,
    },
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
