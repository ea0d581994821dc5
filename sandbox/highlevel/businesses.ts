import { below, type Random } from "../random.ts";
import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";
import { missing } from "./rows.ts";

/** The texts of a business, in the order in which answers show them. */
export const BUSINESS_TEXTS = [
  "name",
  "phone",
  "email",
  "website",
  "address",
  "city",
  "description",
  "state",
  "postalCode",
  "country",
] as const;

/** The name of one text. */
export type BusinessText = (typeof BUSINESS_TEXTS)[number];

/** Who made or changed a business. */
export type Author = { readonly id: string; readonly type: string };

/** A business as it is stored; what was never set is missing. */
export type StoredBusiness = Readonly<Partial<Record<BusinessText, string | null>>> & {
  readonly id: string;
  readonly name: string;
  readonly createdBy: Author;
  readonly updatedBy: Author;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** The businesses of one location. Every change sends its RecordCreate, RecordUpdate or RecordDelete. */
export type Businesses = Pick<Drawer<StoredBusiness>, "get" | "earlier" | "all" | "clear"> & {
  /** @throws Refusal when there is none. */
  readonly demand: (id: string) => StoredBusiness;
  readonly create: (texts: Partial<Record<BusinessText, string | null>>, author: Author) => StoredBusiness;
  readonly change: (id: string, texts: Partial<Record<BusinessText, string | null>>, author: Author) => StoredBusiness;
  /** Contacts that belong to it are detached. */
  readonly remove: (id: string) => void;
};

/** Makes a location's businesses: none at first. */
export function createBusinesses(parts: Stand): Businesses {
  const { now, random, quirks, book } = parts;
  const drawer = createDrawer<StoredBusiness>();
  const tell = (type: string, business: StoredBusiness) =>
    parts.tell(type, {
      ...(quirks().recordEventType === "absent" && { type: undefined }),
      ...recordEvent(business),
    });

  const demand = (id: string): StoredBusiness => {
    const business = drawer.get(id);
    if (business === undefined) throw missing(parts, "Business", id);
    return business;
  };

  return {
    get: drawer.get,
    earlier: drawer.earlier,
    all: drawer.all,
    clear: drawer.clear,
    demand,
    create: (texts, author) => {
      const at = now();
      const head = { id: hexId(random), createdBy: author, updatedBy: author, createdAt: at, updatedAt: at };
      const business = drawer.put({ name: "", ...withoutNulls(texts), ...head });
      tell("RecordCreate", business);
      return business;
    },
    change: (id, texts, author) => {
      const old = demand(id);
      const business = drawer.put({ ...old, ...withoutNullName(texts), updatedBy: author, updatedAt: now() });
      tell("RecordUpdate", business);
      return business;
    },
    remove: (id) => {
      const business = demand(id);
      drawer.remove(id);
      for (const contact of [...book.contacts.all()]) {
        if (contact.businessId === id) book.change(contact, { businessId: null }, contact.lastUpdatedBy);
      }
      tell("RecordDelete", business);
    },
  };
}

function withoutNulls(texts: Partial<Record<BusinessText, string | null>>): Partial<Record<BusinessText, string>> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== null));
}

/** A name can not be cleared. */
function withoutNullName({ name, ...texts }: Partial<Record<BusinessText, string | null>>) {
  return name ? { ...texts, name } : texts;
}

/** The event of a record: a list of keys and texts, as custom objects have it. */
function recordEvent(business: StoredBusiness) {
  const properties = BUSINESS_TEXTS.flatMap((key) => {
    const text = business[key];
    return text ? [{ key, valueString: text }] : [];
  });
  return { id: business.id, owners: [], followers: [], properties };
}

function hexId(random: Random): string {
  return Array.from({ length: 24 }, () => below(random, 16).toString(16)).join("");
}
