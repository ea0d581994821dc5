import type { Mutation } from "./mutation.ts";

export const trustpilotOwnerForgotten: Mutation = {
  name: "trustpilot-owner-forgotten",
  breaks: "whose a review is hangs on the address that was invited alone, each time it is read",
  file: "connectors/trustpilot/reviews.ts",
  partner: "trustpilot",
  find: "  const before = await earlierOwner(session, review.id);",
  replace: '  const before = "";',
  within: 68,
};
