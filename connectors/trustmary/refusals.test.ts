import { describeErrors } from "../errorConformance.ts";
import { describeWebhooks } from "../webhookConformance.ts";
import { trustmary } from "./index.ts";
import { Settings } from "./settings.ts";

describeErrors({
  connector: trustmary,
  settings: {},
  path: "/contacts",
  errors: [
    [400, { message: "Unknown custom field: field_x" }, "rejected"],
    [400, { error: "email is required" }, "rejected"],
    [401, { message: "Invalid API key" }, "unauthorized"],
    [404, { message: "Not found" }, "not_found"],
    [404, { error: { message: "Not found" } }, "not_found"],
    [415, { message: "Unsupported Media Type" }, "bug"],
    [429, { message: "Too many requests" }, "rate_limited"],
    [500, { error: "Internal error" }, "unavailable"],
  ],
});

const secret = "a-secret-of-twenty-four-letters";
const answered = (organization_id: string) => ({ answer: { answer_id: "an1", organization_id } });
describeWebhooks({
  connector: trustmary,
  settings: Settings.parse({ webhookSecret: secret, organizationId: "org1" }),
  secret,
  body: answered("org1"),
  elsewhere: answered("org2"),
  provesBody: false,
  sent: (rawBody, addressSecret) => ({ headers: {}, rawBody, addressSecret }),
});
