import { opaqueId } from "../random.ts";
import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** A text of the location that its templates can use, under a key of its own. */
export type CustomText = {
  readonly id: string;
  readonly name: string;
  readonly fieldKey: string;
  readonly value: string;
};

/** The custom values of one location. */
export type CustomValues = Drawer<CustomText> & { readonly create: (name: string, value: string) => CustomText };

const FIRST: readonly (readonly [name: string, value: string])[] = [
  ["Opening hours", "Monday to Friday, nine to five"],
  ["Way in", "By the blue gate"],
];

/** Makes a location's custom values: two at first, whose ids are the same in every emulator. */
export function createCustomValues({ random }: Stand): CustomValues {
  const drawer = createDrawer<CustomText>(() =>
    FIRST.map(([name, value], at) => ({
      id: `val0000000000000000${at + 1}`,
      name,
      fieldKey: keyOf(name, new Set()),
      value,
    })),
  );
  return {
    ...drawer,
    create: (name, value) => {
      const taken = new Set(drawer.all().map(({ fieldKey }) => fieldKey));
      return drawer.put({ id: opaqueId(random, 20), name, fieldKey: keyOf(name, taken), value });
    },
  };
}

/** The key as it stands in a template; a number makes a second one of the same name different. */
function keyOf(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
  const written = (number: number) => `{{ custom_values.${plain}${number === 1 ? "" : `_${number}`} }}`;
  let number = 1;
  while (taken.has(written(number))) number += 1;
  return written(number);
}
