import { expect, test } from "vitest";
import { belongingsOf, giveBelongings } from "./belongings.ts";
import { CHILD_KINDS } from "./control/children.ts";
import { createHighLevelEmulator } from "./highlevel/index.ts";
import { createSalesmateEmulator } from "./salesmate/index.ts";

const NOW = Date.parse("2026-05-04T09:00:00Z");

test("EP14 what belongs to people is the same in both products, or written in one of them", async () => {
  const emulators = {
    highlevel: createHighLevelEmulator({ now: () => NOW }),
    salesmate: createSalesmateEmulator({ now: () => NOW }),
  } as const;
  const emails = Array.from({ length: 200 }, (_, at) => `ann${at}@x.example`);
  for (const [product, { control, children }] of Object.entries(emulators)) {
    const ids = emails.map((email) => control.contacts.create({ lastName: "Lee", email }).id);
    giveBelongings(product === "highlevel" ? "highlevel" : "salesmate", { control, children }, 1, NOW);
    const held = CHILD_KINDS.flatMap((kind) => ids.flatMap((id) => children.list(kind, id).map(() => kind)));
    const wanted = emails.flatMap((email) => belongingsOf(email, 1, NOW));
    const here = wanted.filter(({ writtenIn }) => writtenIn === "both" || writtenIn === product);
    expect(held.toSorted()).toEqual(here.map(({ kind }) => kind).toSorted());
    expect(new Set(held)).toEqual(new Set(CHILD_KINDS));
    expect(here.some(({ writtenIn }) => writtenIn === "both")).toBe(true);
    expect(here.length).toBeLessThan(wanted.length);
  }
  await Promise.all(Object.values(emulators).map((emulator) => emulator.close()));
});

test("EP14 nothing belongs to people who share an e-mail", async () => {
  const email = Array.from({ length: 50 }, (_, at) => `ann${at}@x.example`).find(
    (one) => belongingsOf(one, 1, NOW).length > 0,
  );
  const { control, children, seed, close } = createHighLevelEmulator({ now: () => NOW });
  seed([{ fields: { firstName: "Ann", email: email ?? "" } }, { fields: { firstName: "Bo", email: email ?? "" } }]);
  giveBelongings("highlevel", { control, children }, 1, NOW);
  const held = control.contacts.list().contacts.flatMap(({ id }) => CHILD_KINDS.map((kind) => children.list(kind, id)));
  expect(held.flat()).toEqual([]);
  expect(held).toHaveLength(6);
  await close();
});
