import type { FieldDefinition, FieldType } from "../../model/field.ts";
import { isEmpty, type Value } from "../../model/value.ts";
import { countryCode } from "./countries.ts";
import { moneyText, readMoney } from "./money.ts";
import { booleanOf, dateOf, momentOf, numberOf, type PhoneReader, phoneNumber } from "./normalForm.ts";
import { htmlOf, readerText } from "./richText.ts";

/** A value as it can be sent to the other side, or why it can not. */
export type Carried =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "notExpressible"; readonly message: string };

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Where a value comes from: the country by which its phones and amounts are read, and the type of its own field. */
export interface Origin {
  readonly country: string;
  readonly type: FieldType;
  /** How its phones are read; anew each time where it is not said. */
  readonly readPhone?: PhoneReader;
}

/**
 * Turns a value into what the other side is asked to hold. Pure.
 *
 * @param type   the type that both sides are compared as.
 * @param target the field that is to hold it.
 */
export function carry(type: FieldType, value: Value, from: Origin, target: FieldDefinition): Carried {
  if (isEmpty(value)) return { kind: "value", value };
  if (typeof value === "object") return fitElements(value, target);
  const text = String(value).trim();
  const fitting = fitted(type, value, text, from, target);
  return fitting.kind === "value" ? fitLength(fitting.value, target) : fitting;
}

/** A text that is too long is kept back whole: cut, it would come back as a change. */
function fitLength(value: Value, target: FieldDefinition): Carried {
  const length = String(value).length;
  return target.maxLength === undefined || length <= target.maxLength
    ? just(value)
    : notExpressible(`${target.label} keeps at most ${target.maxLength} characters; this has ${length}.`);
}

function fitted(
  type: FieldType,
  value: string | number | boolean,
  text: string,
  from: Origin,
  target: FieldDefinition,
): Carried {
  switch (type) {
    case "phone":
      return fitPhone(text, from, target);
    case "email":
      return EMAIL.test(text)
        ? just(text.toLowerCase())
        : notExpressible(`${target.label}: this is no e-mail address.`);
    case "country":
      return fitCountry(text, target);
    case "option":
      return fitOption(text, target);
    case "number":
      return fitNumber(value, text, from, target);
    case "money":
      return fitMoney(value, text, from, target);
    case "boolean":
      return fitBoolean(text, value, target);
    case "date":
    case "dateTime":
      return fitDate(type, text, target);
    case "richText":
      return just(fitMarkup(text, from.type, target.type));
    default:
      return just(typeof value === "string" ? text : value);
  }
}

function fitPhone(text: string, { country, readPhone = phoneNumber }: Origin, target: FieldDefinition): Carried {
  const number = readPhone(text, country);
  return number === undefined
    ? notExpressible(`${target.label}: this is not a phone number that can be dialled.`)
    : just(number);
}

/** HTML goes to HTML as it is; across to plain text and back only what a reader sees goes. */
function fitMarkup(text: string, from: FieldType, to: FieldType): string {
  if (from === "richText") return to === "richText" ? text : readerText(text);
  return to === "richText" ? htmlOf(text) : text;
}

function fitNumber(value: string | number | boolean, text: string, from: Origin, target: FieldDefinition): Carried {
  const amount = from.type === "money" ? readMoney(typeof value === "number" ? value : text, from.country) : undefined;
  const number = numberOf(amount?.amount ?? text);
  if (number === undefined) return notExpressible(`${target.label}: this is not a number.`);
  if (target.type === "money" && Number(number.toFixed(4)) !== number) {
    return notExpressible(`${target.label} keeps at most four decimals of an amount.`);
  }
  return just(number);
}

/** An amount without a currency is sent as a number; where only amounts of money fit, nothing else is sent. */
function fitMoney(value: string | number | boolean, text: string, from: Origin, target: FieldDefinition): Carried {
  const money = readMoney(typeof value === "number" ? value : text, from.country);
  if (target.type !== "money") return just(money === undefined ? text : moneyText(money));
  if (money === undefined) return notExpressible(`${target.label}: this is not an amount of money that can be read.`);
  return just(money.currency === undefined ? Number(money.amount) : moneyText(money));
}

function fitBoolean(text: string, value: Value, target: FieldDefinition): Carried {
  const answer = booleanOf(text);
  if (answer !== undefined) return just(answer);
  return target.type === "boolean" ? notExpressible(`${target.label} knows yes and no only.`) : just(value);
}

function fitDate(type: "date" | "dateTime", text: string, target: FieldDefinition): Carried {
  const found = type === "date" ? dateOf(text) : momentOf(text);
  if (target.type !== "date" && target.type !== "dateTime") return just(found ?? text);
  if (found === undefined) return notExpressible(`${target.label}: this is not a date of the calendar.`);
  return just(target.type === "dateTime" ? (momentOf(found) ?? found) : found.slice(0, 10));
}

/** A country is sent as its code; what has none is sent as it stands, unless the field takes codes only. */
function fitCountry(text: string, target: FieldDefinition): Carried {
  const code = countryCode(text);
  if (code === undefined && target.isCodeOnly === true) {
    return notExpressible(`${target.label} takes ISO country codes only, and no country of this name is known.`);
  }
  return just(code ?? text);
}

/** A closed set holds its own options only, in its own letters; what is no option, or too long, stays behind. */
function fitElements(elements: readonly string[], target: FieldDefinition): Carried {
  if (target.options === undefined && target.maxLength === undefined) return just(elements);
  const carried = elements.map((element) => fitElement(element.trim(), target));
  const values = carried.flatMap((one) => (one.kind === "value" && typeof one.value === "string" ? [one.value] : []));
  return values.length > 0 ? just(values) : (carried[0] ?? just([]));
}

function fitElement(element: string, target: FieldDefinition): Carried {
  return target.options === undefined ? fitLength(element, target) : fitOption(element, target);
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
