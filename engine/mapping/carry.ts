import type { FieldDefinition, FieldType } from "../../model/field.ts";
import { isEmpty, type Value } from "../../model/value.ts";
import { countryCode, phoneNumber } from "./normalForm.ts";

/** A value as it can be sent to the other side, or why it can not. */
export type Carried =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "notExpressible"; readonly message: string };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/**
 * Turns a value into what the other side is asked to hold. Pure.
 *
 * @param country of the side the value comes from, by which its phones are read.
 * @param target  the field that is to hold it.
 */
export function carry(type: FieldType, value: Value, country: string, target: FieldDefinition): Carried {
  if (isEmpty(value)) return { kind: "value", value };
  if (typeof value === "object") return fitElements(value, target);
  const text = String(value).trim();
  const fitting = fitted(type, value, text, country, target);
  if (fitting.kind === "value" && target.maxLength !== undefined && String(fitting.value).length > target.maxLength) {
    return notExpressible(`${target.label} keeps at most ${target.maxLength} characters; this has ${text.length}.`);
  }
  return fitting;
}

function fitted(type: FieldType, value: Value, text: string, country: string, target: FieldDefinition): Carried {
  switch (type) {
    case "phone": {
      const number = phoneNumber(text, country);
      return number === undefined ? notExpressible("This is not a phone number that can be dialled.") : just(number);
    }
    case "email":
      return EMAIL.test(text) ? just(text.toLowerCase()) : notExpressible("This is not an e-mail address.");
    case "country":
      return fitCountry(text, target);
    case "option":
      return fitOption(text, target);
    case "number":
      return Number.isFinite(Number(text)) ? just(Number(text)) : notExpressible("This is not a number.");
    default:
      return just(typeof value === "string" ? text : value);
  }
}

/** A country is sent as its code; what has none is sent as it stands, unless the field takes codes only. */
function fitCountry(text: string, target: FieldDefinition): Carried {
  const code = countryCode(text);
  if (code === undefined && target.isCodeOnly === true) {
    return notExpressible(`${target.label} takes ISO country codes only, and no country of this name is known.`);
  }
  return just(code ?? text);
}

/** A closed set holds its own options only, in its own letters; what is no option stays behind. */
function fitElements(elements: readonly string[], target: FieldDefinition): Carried {
  if (target.options === undefined) return just(elements);
  const carried = elements.map((element) => fitOption(element.trim(), target));
  const values = carried.flatMap((one) => (one.kind === "value" && typeof one.value === "string" ? [one.value] : []));
  return values.length > 0 ? just(values) : (carried[0] ?? just([]));
}

function fitOption(text: string, target: FieldDefinition): Carried {
  if (target.options === undefined) return just(text);
  const option = target.options.find((candidate) => candidate.trim().toLowerCase() === text.toLowerCase());
  return option === undefined ? notExpressible(`${target.label} has no option "${text}".`) : just(option);
}

function just(value: Value): Carried {
  return { kind: "value", value };
}

function notExpressible(message: string): Carried {
  return { kind: "notExpressible", message };
}
