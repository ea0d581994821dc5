import type { RecordDesks, RecordFields } from "./control/records.ts";
import type { Product } from "./people.ts";

/** A firm that somebody has written down, and where: in one product, or in both alike. */
type Firm = { readonly fields: RecordFields; readonly writtenIn: Product | "both" };

const FIRMS: readonly Firm[] = [
  firm("Kestrel Roofing", "Akureyri", "both", { website: "https://www.kestrel-roofing.example" }),
  firm("Halvorsen Yachts", "Bergen", "both", { phone: "+4722225501" }),
  firm("Åberg & Söhne", "Hamburg", "both", { website: "https://www.aberg.example" }),
  firm("Petit Studio", "Lyon", "highlevel", { website: "https://www.petit-studio.example" }),
  firm("North Star Bakery", "Leeds", "highlevel", {}),
  firm("Rosewater Dental", "Porto", "salesmate", { website: "https://www.rosewater.example" }),
  firm("Big Sky Consulting Ltd.", "Boise", "salesmate", { phone: "+12085550142" }),
];

function firm(name: string, city: string, writtenIn: Firm["writtenIn"], more: RecordFields): Firm {
  return { fields: { name, city, ...more }, writtenIn };
}

/** Writes down in one product the firms that its staff know. */
export function giveFirms(product: Product, { businesses }: Pick<RecordDesks, "businesses">): void {
  for (const { fields, writtenIn } of FIRMS) {
    if (writtenIn === "both" || writtenIn === product) businesses.create(fields);
  }
}
