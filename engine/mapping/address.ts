import { countryCode } from "./countries.ts";

/** The parts of an address, each empty where it has none. */
export interface SplitAddress {
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly country: string;
}

const POSTAL = String.raw`\d{3} ?\d{2}|\d{4,6}|\d{5}-\d{3,4}|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}`;
const POSTAL_ALONE = new RegExp(`^(?:${POSTAL})$`);
const STATE_POSTAL = new RegExp(`^([A-Z]{2,3}) (${POSTAL})$`);
const POSTAL_CITY = new RegExp(`^(${POSTAL}) (\\D+)$`);
const CITY_POSTAL = new RegExp(`^(\\D+) (${POSTAL})$`);

/** The parts as one line, in the order in which their kind of address is written. */
export function joinAddress({ street, city, state, postalCode, country }: SplitAddress): string {
  const town = state === "" ? [words(postalCode, city)] : [city, words(state, postalCode)];
  return [...segments(street), ...town, country]
    .map(blanks)
    .filter((part) => part !== "")
    .join(", ");
}

/**
 * The form in which addresses are compared: the street as it stands, and the words after it in any order, so that a postal
 * code before or after its city makes no difference; countries by their code.
 */
export function addressForm(text: string): string {
  const [street = "", ...rest] = segments(text.normalize("NFC"));
  const sorted = rest
    .flatMap((segment) => (countryCode(segment) ?? segment).split(" "))
    .sort()
    .join(" ");
  const area = countryCode(sorted) ?? sorted;
  return area === "" ? street : `${street}, ${area}`;
}

/**
 * Splits an address written in one line, or answers `undefined` where that would be a guess. What was split before is kept
 * as long as it joins to the same address. Joining the answer gives the same address again. Pure.
 *
 * @param known the parts as they are kept now; empty for a record that is to be made.
 */
export function splitAddress(text: string, known: SplitAddress): SplitAddress | undefined {
  const form = addressForm(text);
  if (addressForm(joinAddress(known)) === form) return known;
  if (form === "") return NOWHERE;
  const found = parsed(segments(text), known);
  return found !== undefined && addressForm(joinAddress(found)) === form ? found : undefined;
}

const NOWHERE: SplitAddress = { street: "", city: "", state: "", postalCode: "", country: "" };

function parsed(parts: readonly string[], known: SplitAddress): SplitAddress | undefined {
  if (parts.length === 1) return streetOnly(parts, known);
  const last = parts.at(-1) ?? "";
  const isCountry = isSurelyCountry(last, parts.at(-2) ?? "", known);
  const rest = isCountry ? parts.slice(0, -1) : parts;
  const town = townOf(rest, known);
  if (town === undefined || town.before.length === 0) return undefined;
  const { before, ...place } = town;
  return { ...NOWHERE, ...place, street: before.join(", "), country: isCountry ? last : "" };
}

/** One segment is the street, as long as that forgets nothing that is kept beside it. */
function streetOnly(parts: readonly string[], known: SplitAddress): SplitAddress | undefined {
  const [street = ""] = parts;
  const isAlone = [known.city, known.state, known.postalCode, known.country].every((part) => blanks(part) === "");
  return isAlone ? { ...NOWHERE, street } : undefined;
}

/** Codes of two letters are states as well; one is a country beside a postal code, or where it was before. */
function isSurelyCountry(text: string, before: string, known: SplitAddress): boolean {
  if (isSame(text, known.country)) return true;
  if (countryCode(text) === undefined) return false;
  return (
    text.length > 2 ||
    POSTAL_ALONE.test(before) ||
    [STATE_POSTAL, POSTAL_CITY, CITY_POSTAL].some((one) => one.test(before))
  );
}

type Town = Pick<SplitAddress, "city" | "state" | "postalCode"> & { readonly before: readonly string[] };

function townOf(parts: readonly string[], known: SplitAddress): Town | undefined {
  const last = parts.at(-1) ?? "";
  const before = parts.slice(0, -1);
  const [, state = "", codeOfState = ""] = STATE_POSTAL.exec(last) ?? [];
  if (state !== "") return inCity(before, state, codeOfState);
  if (POSTAL_ALONE.test(last)) return inCity(before, "", last);
  const [, code = "", city = ""] = POSTAL_CITY.exec(last) ?? [];
  if (city !== "") return { before, city, state: "", postalCode: code };
  const [, cityBefore = "", codeAfter = ""] = CITY_POSTAL.exec(last) ?? [];
  if (cityBefore !== "") return { before, city: cityBefore, state: "", postalCode: codeAfter };
  return isSame(last, known.city) ? { before, city: last, state: "", postalCode: "" } : undefined;
}

function inCity(parts: readonly string[], state: string, postalCode: string): Town | undefined {
  const city = parts.at(-1);
  return city === undefined || /\d/.test(city) ? undefined : { before: parts.slice(0, -1), city, state, postalCode };
}

function isSame(one: string, other: string): boolean {
  return one !== "" && blanks(one).toLowerCase() === blanks(other).toLowerCase();
}

function segments(text: string): string[] {
  return text
    .split(/[,;\r\n]/)
    .map(blanks)
    .filter((segment) => segment !== "");
}

function words(...parts: readonly string[]): string {
  return parts
    .map(blanks)
    .filter((part) => part !== "")
    .join(" ");
}

function blanks(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
