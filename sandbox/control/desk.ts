/**
 * A contact's fields under the friendly names that the control API uses for every product: `firstName`, `lastName`,
 * `email`, `phone`, `companyName`, `jobTitle`, `addressLine1`, `city`, `state`, `postalCode`, `country`, `website`,
 * `dateOfBirth`, `tags`, `source`, `description`, and the product's custom fields. A product leaves out what it lacks.
 */
export type DeskFields = Readonly<Record<string, string | readonly string[]>>;

/** A contact as its product's own screen would show it. */
export type DeskContact = {
  readonly id: string;
  readonly fields: DeskFields;
  /** ISO 8601, UTC. */
  readonly updatedAt: string;
};

/** A contact to begin with. Times are epoch milliseconds and default to now. */
export type SeedContact = { readonly fields: DeskFields; readonly createdAt?: number; readonly updatedAt?: number };

/** What a person can do on the product's own screen, plus what the sandbox needs. Throws `Refusal` as the API does. */
export type Desk = {
  /** Newest first. `query` looks into names, e-mail and phone, without regard to case. */
  readonly list: (query: string, offset: number, limit: number) => { contacts: DeskContact[]; total: number };
  readonly create: (fields: DeskFields) => DeskContact;
  /** Changes the named fields; an empty text or list clears one. */
  readonly edit: (id: string, fields: DeskFields) => DeskContact;
  readonly remove: (id: string) => void;
  /** Puts contacts in without checks, webhooks or lag, as if they had always been there. */
  readonly seed: (contacts: readonly SeedContact[]) => void;
  readonly clear: () => void;
  /** The stored record with nothing left out, or `undefined`. */
  readonly state: (id: string) => unknown;
};

/** The part of all texts that a list request asks for, and whether a contact's texts match what was typed. */
export function matchesQuery(query: string, texts: readonly (string | null | undefined)[]): boolean {
  const wanted = query.trim().toLowerCase();
  return wanted === "" || texts.join(" ").toLowerCase().includes(wanted);
}
