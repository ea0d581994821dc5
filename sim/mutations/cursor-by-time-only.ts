import type { Mutation } from "./mutation.ts";

export const cursorByTimeOnly: Mutation = {
  name: "cursor-by-time-only",
  breaks: "a listing goes on by time alone, so that of those with one time the ones on the next page are passed over",
  file: "connectors/highlevel/search.ts",
  find: "    ...(after !== undefined && { searchAfter: after }),",
  replace: '    ...(after !== undefined && { searchAfter: [after[0], "zzzz"] }),',
  within: 39,
};
