import type { Mutation } from "./mutation.ts";

export const trustmaryWrittenOver: Mutation = {
  name: "trustmary-written-over",
  breaks: "whoever has the e-mail that somebody else is given is written over",
  file: "connectors/trustmary/contacts.ts",
  partner: "trustmary",
  find: "  await claimAddress(session, from.email.toLowerCase(), to);\n",
  replace: "",
  within: 61,
};
