import { createHmac } from "node:crypto";
import { DAYBOOK } from "../../test/daybook.ts";
import { describeErrors } from "../errorConformance.ts";
import { describeWebhooks } from "../webhookConformance.ts";
import { declaredConnector } from "./index.ts";

const connector = declaredConnector(DAYBOOK);
const said = (message: string) => ({ error: { message } });
const settings = { app: DAYBOOK, writing: true };

describeErrors({
  connector,
  settings,
  path: "/people/1",
  errors: [
    [400, said("No"), "rejected"],
    [401, said("The key in X-Api-Key is not valid."), "unauthorized"],
    [403, said("Not yours"), "forbidden"],
    [404, said("There is no person 1."), "not_found"],
    [404, said("Nothing here"), "unavailable", { path: "/people" }],
    [404, "<html>no such page</html>", "unavailable"],
    [409, said("It changed meanwhile"), "conflict"],
    [410, said("Gone"), "not_found"],
    [422, said("status is one of planned, confirmed."), "rejected"],
  ],
});

const webhookSecret = "a-secret-of-twenty-four-letters";
describeWebhooks({
  connector,
  settings: { ...settings, webhookSecret },
  secret: webhookSecret,
  body: { event: "person.changed", delivery: "evt-1", at: "2026-03-06T12:00:00Z", record: { id: "7" } },
  provesBody: true,
  sent: (rawBody, secret) => ({
    rawBody,
    headers: { "x-daybook-signature": `sha256=${createHmac("sha256", secret).update(rawBody).digest("hex")}` },
  }),
});
