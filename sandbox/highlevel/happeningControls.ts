import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { controlScope } from "../control/scope.ts";
import { CHANNELS } from "./conversations.ts";
import type { Happenings } from "./happenings.ts";

const Id = z.object({ id: z.string() });
const Answers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
const MessageBody = z.strictObject({
  contactId: z.string(),
  channel: z.enum(CHANNELS).default("SMS"),
  text: z.string().min(1),
  subject: z.string().optional(),
});
const UserBody = z.strictObject({
  firstName: z.string(),
  lastName: z.string(),
  email: z.email(),
  role: z.enum(["admin", "user"]).default("user"),
});
const DeedBody = z.strictObject({
  contactId: z.string(),
  set: z.record(z.string(), z.unknown()).optional(),
  addTags: z.array(z.string()).optional(),
  removeTags: z.array(z.string()).optional(),
  note: z.string().min(1).optional(),
});

/** Puts what happens in a location without the API under `/_control/`. */
export function happeningControls(app: FastifyInstance, happenings: Happenings): void {
  controlScope(app, (scope) => {
    for (const kind of ["form", "survey"] as const) {
      scope.post(`/${kind}s/:id/submissions`, (request, reply) => {
        const submission = happenings.submit(kind, Id.parse(request.params).id, Answers.parse(request.body));
        return reply.code(201).send(submission);
      });
    }
    scope.post("/messages", (request, reply) => {
      const { contactId, ...message } = MessageBody.parse(request.body);
      return reply.code(201).send(happenings.receive(contactId, defined(message)));
    });
    scope.post("/workflows/:id/run", (request, reply) => {
      const { contactId, ...deed } = DeedBody.parse(request.body);
      return reply.send(happenings.runWorkflow(Id.parse(request.params).id, contactId, defined(deed)));
    });
    scope.post("/users", (request, reply) => reply.code(201).send(happenings.hire(UserBody.parse(request.body))));
  });
}

/** Without what is not there, which is how optional properties are written here. */
function defined<Given extends object>(given: Given) {
  type Defined = { [Name in keyof Given]: Exclude<Given[Name], undefined> };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Defined; // as filtered
}
