import type { Mutation } from "./mutation.ts";

export const noteDoubled: Mutation = {
  name: "note-doubled",
  breaks: "of two notes that say the same each is made once more on the other side",
  file: "engine/children/siblings.ts",
  find: "  const same = siblings.filter((other) => other.id !== link.id && isFree(other) && form(other) === wanted);",
  replace: "  const same = siblings.filter((other) => other.id === wanted && isFree(other) && form(other) === wanted);",
  within: 97,
};
