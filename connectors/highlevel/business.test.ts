import { expect, test } from "vitest";
import { createMemoryBook, type Session } from "../../kit/index.ts";
import { businessSnapshot, businessUpdateBody } from "./business.ts";
import { businesses } from "./businesses.ts";
import { Settings } from "./settings.ts";

const firm = (number: number, change: object = {}) => ({ id: `b${number}`, name: `Firm ${number}`, ...change });

/** A session whose location has these businesses, and the places in their list that were asked for. */
function holding(all: readonly object[]) {
  const asked: unknown[] = [];
  const request: Session<Settings>["http"]["request"] = async ({ query }) => {
    const skip = Number(query?.skip);
    asked.push(skip);
    return { status: 200, headers: {}, body: { businesses: all.slice(skip, skip + 100) } };
  };
  const settings = Settings.parse({ locationId: "loc", country: "US" });
  const session: Session<Settings> = {
    settings,
    http: { request },
    now: () => 0,
    remember: (_key, _forMs, load) => load(),
    forget: () => {},
    book: createMemoryBook(
      () => 0,
      () => 0,
    ),
  };
  return { session, asked };
}

test("HL180 what changed since is picked from all; what tells no time may have changed", async () => {
  const at = (iso: string) => ({ updatedAt: iso });
  const { session } = holding([firm(1, at("2026-03-06T12:00:00Z")), firm(2, at("2026-03-06T11:00:00Z")), firm(3)]);
  const { records } = await businesses.list(session, { since: Date.UTC(2026, 2, 6, 12) });
  expect(records.map(({ externalId }) => externalId)).toEqual(["b1", "b3"]);
});

test("HL180 a page shows again the end of the one before, so that deletions move nothing out of sight", async () => {
  const { session, asked } = holding(Array.from({ length: 150 }, (_none, at) => firm(at)));
  const first = await businesses.list(session, {});
  const second = await businesses.list(session, first.next === undefined ? {} : { cursor: first.next });
  expect([asked, second.next]).toEqual([[0, 90], undefined]);
  expect(second.records.at(0)?.externalId).toBe("b90");
});

test("HL181 a name that is emptied is not sent, and other fields are cleared with null", () => {
  const clear = { kind: "clear" } as const;
  const { fields } = businessSnapshot({ id: "b1", name: "Firm", city: "Porto" });
  expect(businessUpdateBody({ name: clear, city: clear }, fields)).toEqual({ city: null });
});

test.each([
  ["name", "cafe silva", "Café  SILVA"],
  ["website", "silva.example", "https://www.Silva.example/"],
  ["phone", "+12015550123", "(201) 555-0123"],
  ["email", "office@silva.example", "Office@Silva.example"],
] as const)("HL182 a business is found by its %s, however that is written", async (rule, value, written) => {
  const many = Array.from({ length: 120 }, (_none, at) => firm(at));
  const { session } = holding([...many, firm(120, { [rule]: written })]);
  expect(await businesses.find(session, rule, value)).toEqual(["b120"]);
});
