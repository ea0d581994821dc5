import type { ValueView } from "../../model/api/views.ts";

const FIRST = [
  "Ana",
  "Milan",
  "Zoë",
  "Þórdís",
  "Aarav",
  "Chloé",
  "Yuki",
  "Oluwaseun",
  "Søren",
  "María José",
  "Łukasz",
  "Noor",
  "Siân",
  "Dmytro",
  "Mei-Ling",
  "Beyza",
];
const LAST = [
  "Silva",
  "Novák",
  "Åkerlund",
  "Jónsdóttir",
  "Sharma",
  "Lefèvre",
  "Tanaka",
  "Adeyemi",
  "Kjær",
  "García Ruiz",
  "Wójcik",
  "van den Berg",
  "O’Connor",
  "Шевченко",
  "陈",
  "Yılmaz",
  "Müller-Lüdenscheidt",
];
const COMPANIES = ["Padaria Silva", "Novák & synové", "Harbour Dental", "", "Lumen Studio", "Café Kjær", ""];
const CITIES = ["Lisboa", "Brno", "Malmö", "Reykjavík", "Pune", "Lyon", "Ōsaka", "Ibadan"];
const COUNTRIES = ["PT", "CZ", "SE", "IS", "IN", "FR", "JP", "NG"];
const TAGS = ["patient", "newsletter", "vip", "trial ended", "spring campaign", "referral"];

/** Invented people with names of many languages, some without e-mail or phone. The same each time. */
export function inventPeople(count: number): readonly Record<string, ValueView>[] {
  return Array.from({ length: count }, (_, index) => invent(index));
}

function invent(index: number): Record<string, ValueView> {
  const first = pick(FIRST, index * 5);
  const last = pick(LAST, index * 7);
  const isOneWord = index % 23 === 22;
  const address = `${plain(first)}.${plain(last)}${index > 40 ? index : ""}@${index % 3 === 0 ? "mail" : "work"}.example`;
  return {
    firstName: isOneWord ? "" : first,
    lastName: last,
    email: index % 11 === 10 ? "" : address,
    phone: index % 7 === 6 ? "" : `+44 7700 900${String(index % 1000).padStart(3, "0")}`,
    companyName: pick(COMPANIES, index * 3),
    jobTitle: "",
    city: pick(CITIES, index),
    country: pick(COUNTRIES, index),
    website: index % 9 === 0 ? "https://example.com/about" : "",
    tags: TAGS.slice(index % 4, (index % 4) + (index % 3)),
  };
}

function pick<Element>(from: readonly Element[], index: number): Element {
  const found = from[index % from.length];
  if (found === undefined) throw new Error("Nothing to pick from.");
  return found;
}

function plain(text: string): string {
  const ascii = text
    .normalize("NFD")
    .replace(/[^a-zA-Z]/g, "")
    .toLowerCase();
  return ascii === "" ? "person" : ascii;
}
