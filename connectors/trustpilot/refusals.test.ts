import { describeErrors, SECRET } from "../errorConformance.ts";
import { describeWebhooks } from "../webhookConformance.ts";
import { trustpilot } from "./index.ts";
import { Settings } from "./settings.ts";

const businessUnitId = "0123456789abcdef01234567";
const said = (message: string) => ({ message, errorCode: 1, correlationId: "c-1" });

describeErrors({
  connector: trustpilot,
  settings: { businessUnitId },
  credential: (url) => ({
    ...{ kind: "oauth", accessToken: SECRET, refreshToken: "none", expiresAt: 4e12 },
    ...{ clientId: "key", clientSecret: "hush", tokenUrl: `${url}/token` },
  }),
  path: "/private/reviews/r1",
  errors: [
    [400, said("Malformed request"), "rejected"],
    [403, said("Forbidden"), "forbidden"],
    [404, said("Not found"), "not_found"],
    [415, undefined, "bug"],
    [429, said("Too many"), "rate_limited"],
    [500, said("Try later"), "unavailable"],
    [501, undefined, "misconfigured"],
  ],
});

const secret = "a-secret-of-twenty-four-letters";
describeWebhooks({
  connector: trustpilot,
  settings: Settings.parse({ businessUnitId, webhookSecret: secret }),
  secret,
  body: { events: [{ eventName: "service-review-created", version: "1", eventData: { id: "r1", stars: 5 } }] },
  provesBody: false,
  sent: (rawBody, addressSecret) => ({ headers: {}, rawBody, addressSecret }),
});
