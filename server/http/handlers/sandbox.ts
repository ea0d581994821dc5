import { Failure } from "../../../model/errors.ts";
import type { SandboxControl } from "../../sandboxControl.ts";
import type { Handlers } from "../serveRoute.ts";
import type { HandlerParts } from "./parts.ts";

/** The insides of the emulated partners. Without emulators there is nothing here. */
export function sandboxHandlers(
  parts: HandlerParts,
): Pick<Handlers, "sandboxContacts" | "createSandboxContact" | "editSandboxContact" | "deleteSandboxContact"> {
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
  };
}
