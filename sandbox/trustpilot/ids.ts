import { below, type Random } from "../random.ts";

/** An id as the product makes them: 24 letters of the hexadecimal alphabet. */
export function hexId(random: Random): string {
  let id = "";
  while (id.length < 24) id += below(random, 16).toString(16);
  return id;
}
