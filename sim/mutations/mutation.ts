import type { GameName } from "../games.ts";

/** A known bug, as the change of a file that brings it back. A sweep that passes with it is what is broken. */
export interface Mutation {
  readonly name: string;
  /** What goes wrong with it, for people. */
  readonly breaks: string;
  /** The file, relative to the top folder. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Beside whom it is looked for; Salesmate where absent. */
  readonly partner?: GameName;
  /**
   * A sweep from seed 1 on finds it within so many seeds: the last of them finds it, others may before. What a seed means
   * changes with the plans; then `npm run sim -- --mutation NAME --from 1` says which will do.
   */
  readonly within: number;
}

/** The file's text with the bug in it. @throws Error when the place is not there exactly once: the mutation is out of date */
export function mutated(text: string, { name, find, replace, file }: Mutation): string {
  const parts = text.split(find);
  if (parts.length === 2) return parts.join(replace);
  throw new Error(`the mutation "${name}" looks for a place in ${file} that is there ${parts.length - 1} times`);
}
