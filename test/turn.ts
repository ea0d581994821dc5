/** Lets whatever is under way go on: one turn of the event loop, in which answers on the network can arrive. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
