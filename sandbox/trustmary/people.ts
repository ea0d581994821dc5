import type { SeedContact } from "../control/desk.ts";
import type { Person } from "../people.ts";

/** Writes a person down as this product would have them. Without an e-mail nobody can be in it. */
export function trustmaryPerson(person: Person, now: number): SeedContact | undefined {
  if (person.email === "") return undefined;
  const name = [person.firstName, person.lastName].filter((part) => part !== "").join(" ");
  const fields = {
    name,
    email: person.email,
    phone: person.phone?.e164 ?? "",
    companyName: person.companyName,
    field_city: person.city,
  };
  return { fields, createdAt: now - person.addedAgoMs, updatedAt: now - person.changedAgoMs };
}
