/** An amount of money as written by a person or a partner. */
export interface Money {
  /** Two decimals, or four where two are not enough; a point before them, no grouping. */
  readonly amount: string;
  /** ISO 4217, where a currency is named. */
  readonly currency?: string;
}

const SYMBOLS: Readonly<Record<string, string>> = {
  "€": "EUR",
  "£": "GBP",
  "¥": "JPY",
  "₹": "INR",
  "₩": "KRW",
  "₪": "ILS",
};
/** Countries whose own dollar is meant by the sign alone; elsewhere it is the US dollar. */
const DOLLARS: Readonly<Record<string, string>> = {
  AU: "AUD",
  CA: "CAD",
  HK: "HKD",
  NZ: "NZD",
  SG: "SGD",
  TW: "TWD",
};
const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

const MARK = "[$€£¥₹₩₪]|[A-Za-z]{3}";
const WRITTEN = new RegExp(String.raw`^(-?)\s*(${MARK})?\s*(-?)\s*(\d[\d.,'’\s]*)(?:\s*(${MARK}))?$`);

/**
 * Reads an amount of money, or `undefined` when the text is none, or names two currencies. A lone separator before three
 * digits is read as `country` (ISO 3166-1 alpha-2) writes numbers; without a known country it is no amount. Pure.
 */
export function readMoney(value: string | number, country: string): Money | undefined {
  if (typeof value === "number") return moneyOf(value, undefined);
  const match = WRITTEN.exec(value.trim());
  if (match === null) return undefined;
  const [, first = "", before, second = "", digits = "", after] = match;
  if ((first !== "" && second !== "") || (before !== undefined && after !== undefined)) return undefined;
  const mark = before ?? after;
  const currency = mark === undefined ? undefined : currencyOf(mark, country);
  if (mark !== undefined && currency === undefined) return undefined;
  const plain = withPoint(digits.trim(), country);
  return plain === undefined ? undefined : moneyOf(Number(`${first}${second}${plain}`), currency);
}

/** The form in which amounts are compared, for instance `1234.50 EUR`; reading it gives the same amount. */
export function moneyText({ amount, currency }: Money): string {
  return currency === undefined ? amount : `${amount} ${currency}`;
}

/** Beyond this, numbers no longer tell four decimals apart. */
const AMOUNT_MAX = 1e11;

function moneyOf(value: number, currency: string | undefined): Money | undefined {
  if (!Number.isFinite(value) || Math.abs(value) >= AMOUNT_MAX) return undefined;
  const four = value.toFixed(4);
  const exact = four.endsWith("00") ? four.slice(0, -2) : four;
  const amount = Number(exact) === 0 ? "0.00" : exact;
  return { amount, ...(currency === undefined ? {} : { currency }) };
}

function currencyOf(mark: string, country: string): string | undefined {
  if (mark === "$") return DOLLARS[country] ?? "USD";
  const code = SYMBOLS[mark] ?? mark.toUpperCase();
  return CURRENCIES.has(code) ? code : undefined;
}

/** The digits with a point before the decimals and without grouping; `undefined` where they can not be told apart. */
function withPoint(digits: string, country: string): string | undefined {
  const point = decimalSeparator(digits, country);
  if (point === undefined) return undefined;
  const [whole = "", decimals, ...more] = point === "" ? [digits] : digits.split(point);
  if (more.length > 0 || (decimals !== undefined && !/^\d+$/.test(decimals))) return undefined;
  if (!/^(?:\d+|\d{1,3}(?:[.,'’\s]\d{2,3})*[.,'’\s]\d{3})$/.test(whole)) return undefined;
  const separators = new Set(whole.replaceAll(/\d/g, ""));
  if (separators.size > 1) return undefined;
  return `${whole.replaceAll(/\D/g, "")}${decimals === undefined ? "" : `.${decimals}`}`;
}

/** `.` or `,` where one of them stands before decimals, empty where there are none, `undefined` where nobody can tell. */
function decimalSeparator(digits: string, country: string): "." | "," | "" | undefined {
  const point = digits.lastIndexOf(".");
  const comma = digits.lastIndexOf(",");
  if (point === -1 && comma === -1) return "";
  const separator = point > comma ? "." : ",";
  if (point !== -1 && comma !== -1) return separator;
  const [whole = "", after = "", ...more] = digits.split(separator);
  if (more.length > 0) return "";
  const isPlain = after.length !== 3 || !/^[1-9]\d{0,2}$/.test(whole);
  if (isPlain) return separator;
  const known = separatorOf(country);
  return known === undefined ? undefined : known === separator ? separator : "";
}

/** The decimal separator of a country's main language. */
function separatorOf(country: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(country)) return undefined;
  const locale = new Intl.Locale("und", { region: country }).maximize().toString();
  return new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === "decimal")?.value;
}
