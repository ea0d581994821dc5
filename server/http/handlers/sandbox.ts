import { Failure } from "../../../model/errors.ts";
import type { SandboxControl } from "../../sandboxControl.ts";
import type { Handlers } from "../serveRoute.ts";
import type { HandlerParts } from "./parts.ts";

type SandboxRoute =
  | "sandboxContacts"
  | "createSandboxContact"
  | "editSandboxContact"
  | "deleteSandboxContact"
  | "sandboxChildren"
  | "createSandboxChild"
  | "editSandboxChild"
  | "deleteSandboxChild";

/** The insides of the emulated partners. Without emulators there is nothing here. */
export function sandboxHandlers(parts: HandlerParts): Pick<Handlers, SandboxRoute> {
  const control = (): SandboxControl => {
    if (parts.sandbox !== undefined) return parts.sandbox;
    throw new Failure("not_found", "This hub runs without the sandbox; start it with `kith sandbox`.");
  };
  return {
    sandboxContacts: ({ params, query }) => control().contacts(params.partner, query),
    createSandboxContact: ({ params, body }) => control().create(params.partner, body.fields),
    editSandboxContact: ({ params, body }) => control().edit(params.partner, params.id, body.fields),
    deleteSandboxContact: async ({ params }) => {
      await control().remove(params.partner, params.id);
      return { isDone: true };
    },
    sandboxChildren: ({ params }) => control().children.of(params.partner, params.id),
    createSandboxChild: ({ params, body }) =>
      control().children.create(params.partner, params.kind, params.id, body.fields),
    editSandboxChild: ({ params, body }) =>
      control().children.edit(params.partner, params.kind, params.id, body.fields),
    deleteSandboxChild: async ({ params }) => {
      await control().children.remove(params.partner, params.kind, params.id);
      return { isDone: true };
    },
  };
}
