import { Failure } from "../../../model/errors.ts";
import type { SandboxControl } from "../../sandboxControl.ts";
import type { Handlers } from "../serveRoute.ts";
import type { HandlerParts } from "./parts.ts";

type SandboxRoute =
  | "sandboxContacts"
  | "createSandboxContact"
  | "editSandboxContact"
  | "deleteSandboxContact"
  | "answerSandboxSurvey"
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
    sandboxContacts: ({ params, query }) => control().at(params.partner).contacts(query),
    createSandboxContact: ({ params, body }) => control().at(params.partner).create(body.fields),
    editSandboxContact: ({ params, body }) => control().at(params.partner).edit(params.id, body.fields),
    deleteSandboxContact: async ({ params }) => {
      await control().at(params.partner).remove(params.id);
      return { isDone: true };
    },
    answerSandboxSurvey: ({ params, body }) => control().answer(params.id, body),
    sandboxChildren: ({ params }) => control().at(params.partner).children.of(params.id),
    createSandboxChild: ({ params, body }) =>
      control().at(params.partner).children.create(params.kind, params.id, body.fields),
    editSandboxChild: ({ params, body }) =>
      control().at(params.partner).children.edit(params.kind, params.id, body.fields),
    deleteSandboxChild: async ({ params }) => {
      await control().at(params.partner).children.remove(params.kind, params.id);
      return { isDone: true };
    },
  };
}
