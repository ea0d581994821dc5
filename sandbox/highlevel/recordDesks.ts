import type { DeskRecord, RecordDesk, RecordDesks, RecordFields } from "../control/records.ts";
import { BUSINESS_TEXTS, type BusinessText, type StoredBusiness } from "./businesses.ts";
import { PERSON as ORIGIN } from "./desk.ts";
import type { Place } from "./place.ts";

/** A person at the product's own screen, with what the location keeps beside contacts. */
export function createRecordDesks(place: Place): RecordDesks {
  return { businesses: businessDesk(place) };
}

const PERSON = { id: ORIGIN.sourceId, type: ORIGIN.source };

/** Friendly names that are spelled differently in the product. */
const WIRE_NAMES: Readonly<Record<string, string>> = { addressLine1: "address" };

function businessDesk({ businesses, refusals }: Place): RecordDesk {
  const textsIn = (fields: RecordFields): Partial<Record<BusinessText, string | null>> => {
    const entries = Object.entries(fields).map(([name, value]) => [WIRE_NAMES[name] ?? name, value || null] as const);
    const strange = entries.find(([name]) => !BUSINESS_TEXTS.some((known) => known === name));
    if (strange !== undefined) throw refusals.invalid([`property ${strange[0]} should not exist`]);
    return Object.fromEntries(entries);
  };
  return {
    list: () => businesses.all().map(shownBusiness),
    create: (fields) => {
      if (!fields.name) throw refusals.invalid(["name should not be empty"]);
      return shownBusiness(businesses.create(textsIn(fields), PERSON));
    },
    edit: (id, fields) => shownBusiness(businesses.change(id, textsIn(fields), PERSON)),
    remove: businesses.remove,
  };
}

function shownBusiness(business: StoredBusiness): DeskRecord {
  const fields = BUSINESS_TEXTS.map((name) => [name === "address" ? "addressLine1" : name, business[name] ?? ""]);
  return { id: business.id, fields: Object.fromEntries(fields) };
}
