import { instantIn } from "./localTime.ts";
import type { Refusals } from "./wording.ts";
import type { ContactWrite } from "./write.ts";

/** Says what is wrong with one property; an empty list when nothing is. */
export type Check = (name: string, value: unknown) => string[];

/** Properties that a body may have. */
export type Checks = Readonly<Record<string, Check>>;

/** A text or nothing. */
export const text: Check = (name, value) =>
  value === null || typeof value === "string" ? [] : [`${name} must be a string`];

/** A text that must be there. */
export const requiredText: Check = (name, value) =>
  typeof value === "string" && value !== "" ? [] : [`${name} must be a string`, `${name} should not be empty`];

/** True or false, or nothing. */
export const flag: Check = (name, value) =>
  value === null || typeof value === "boolean" ? [] : [`${name} must be a boolean value`];

/** True or false. */
export const requiredFlag: Check = (name, value) =>
  typeof value === "boolean" ? [] : [`${name} must be a boolean value`];

/** A list of texts, or nothing. */
export const texts: Check = (name, value) => {
  if (value === null) return [];
  if (!Array.isArray(value)) return [`${name} must be an array`];
  return value.every((item) => typeof item === "string") ? [] : [`each value in ${name} must be a string`];
};

/** A list of texts that must be there and hold something. */
export const requiredTexts: Check = (name, value) => {
  const problems = texts(name, value ?? undefined);
  return problems.length === 0 && Array.isArray(value) && value.length === 0
    ? [`${name} should not be empty`]
    : problems;
};

/** A number, or nothing. */
export const number: Check = (name, value) =>
  value === null || (typeof value === "number" && Number.isFinite(value)) ? [] : [`${name} must be a number`];

/** A whole number that is not below zero. */
export const count: Check = (name, value) =>
  Number.isInteger(value) && Number(value) >= 0 ? [] : [`${name} must be an integer number`];

/** A whole number written in a query. */
export const countText: Check = (name, value) =>
  /^\d+$/.test(String(value)) ? [] : [`${name} must be a number conforming to the specified constraints`];

/** True or false written in a query. */
export const flagText: Check = (name, value) =>
  value === "true" || value === "false" ? [] : [`${name} must be a boolean value`];

/** An object, or nothing. */
export const object: Check = (name, value) =>
  value === null || (typeof value === "object" && !Array.isArray(value)) ? [] : [`${name} must be an object`];

/** A list of objects, or nothing. */
export const objects: Check = (name, value) => {
  if (value === null) return [];
  if (!Array.isArray(value)) return [`${name} must be an array`];
  return value.flatMap((item, at) =>
    item === null ? [`${name}.${at} must be an object`] : object(`${name}.${at}`, item),
  );
};

/** One of a closed set. */
export const oneOf =
  (values: readonly string[]): Check =>
  (name, value) =>
    values.some((known) => known === value)
      ? []
      : [`${name} must be one of the following values: ${values.join(", ")}`];

/** An ISO 8601 time. */
export const time: Check = (name, value) =>
  typeof value === "string" && instantIn(value, "UTC") !== undefined
    ? []
    : [`${name} must be a valid ISO 8601 date string`];

/** An e-mail address, or nothing. */
export const email: Check = (name, value) => {
  const problems = text(name, value);
  if (problems.length > 0 || !value) return problems;
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(String(value)) ? [] : [`${name} must be an email`];
};

const CUSTOM_KEYS = ["id", "key", "field_value", "fieldValue"];

/** Values of custom fields, by id or key. */
export const customFields: Check = (name, value) => {
  if (value === null) return [];
  if (!Array.isArray(value)) return [`${name} must be an array`];
  return value.flatMap((item: unknown, at) => customField(`${name}.${at}`, item));
};

function customField(name: string, item: unknown): string[] {
  if (typeof item !== "object" || item === null) return [`${name} must be an object`];
  const unknown = Object.keys(item).filter((key) => !CUSTOM_KEYS.includes(key));
  if (unknown.length > 0) return unknown.map((key) => `${name}.property ${key} should not exist`);
  return "id" in item || "key" in item ? [] : [`${name}.id must be a string`];
}

const additionalEmails: Check = (name, value) => {
  if (!Array.isArray(value)) return [`${name} must be an array`];
  return value.flatMap((item: unknown, at) =>
    typeof item === "object" && item !== null && "email" in item
      ? email(`${name}.${at}.email`, item.email)
      : [`${name}.${at} must be an object`],
  );
};

const WRITABLE: Checks = {
  firstName: text,
  lastName: text,
  name: text,
  email,
  phone: text,
  address1: text,
  city: text,
  state: text,
  postalCode: text,
  country: text,
  website: text,
  timezone: text,
  dnd: flag,
  dndSettings: object,
  inboundDndSettings: object,
  tags: texts,
  customFields,
  source: text,
  dateOfBirth: text,
  assignedTo: text,
};

const CREATE: Checks = { ...WRITABLE, gender: text, companyName: text, locationId: requiredText };
const UPSERT: Checks = { ...CREATE, createNewIfDuplicateAllowed: flag };
const UPDATE: Checks = { ...WRITABLE, additionalEmails };

/** The properties of each kind of body. `companyName` joins the update only where the quirk allows it. */
export const CONTACT_CHECKS = { create: CREATE, upsert: UPSERT, update: UPDATE } as const;

/** A property that is allowed although the published description lacks it. */
export const COMPANY_NAME: Checks = { companyName: text };

/**
 * Checks a body: no property beyond the named ones, each of its type.
 * @param required Names that must be there.
 * @throws Refusal 422 that lists everything that is wrong.
 */
export function checked(body: unknown, checks: Checks, required: readonly string[], refusals: Refusals) {
  const given = isObject(body) ? body : {};
  const problems = Object.keys(given).flatMap((name) =>
    Object.hasOwn(checks, name) ? (checks[name]?.(name, given[name]) ?? []) : [`property ${name} should not exist`],
  );
  for (const name of required) {
    if (given[name] === undefined) problems.push(...(checks[name]?.(name, undefined) ?? []));
  }
  if (problems.length > 0) throw refusals.invalid(problems);
  return given;
}

/** Checks a body of create, upsert or update. @throws Refusal 422. */
export function checkedContact(body: unknown, checks: Checks, refusals: Refusals): ContactWrite {
  const required = "locationId" in checks ? ["locationId"] : [];
  return checked(body, checks, required, refusals) as ContactWrite; // the checks are that type's properties
}

function isObject(body: unknown): body is Record<string, unknown> {
  return typeof body === "object" && body !== null && !Array.isArray(body);
}
