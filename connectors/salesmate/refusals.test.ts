import { describeErrors } from "../errorConformance.ts";
import { salesmate } from "./index.ts";

const failed = (Name: string, Message = "words") => ({ Status: "failure", Error: { Code: "4001", Name, Message } });
const lowerCase = { Status: "failure", Error: { name: "ObjectNotFound", message: "gone" } };

describeErrors({
  connector: salesmate,
  settings: { linkname: "harbour", ownerId: 2 },
  path: "/contact/v4/1",
  errors: [
    [400, failed("ValidationError", "Last Name is required"), "rejected"],
    [200, failed("ValidationError", "No such currency exists"), "rejected"],
    [401, failed("AuthorizationFailed"), "unauthorized"],
    [403, failed("AuthorizationFailed"), "unauthorized"],
    [403, failed("Access denied"), "forbidden"],
    [404, failed("NoSuchLinkExist"), "misconfigured"],
    [404, failed("ObjectNotFound"), "not_found"],
    [404, lowerCase, "not_found"],
    [200, lowerCase, "not_found"],
    [404, "<html>no such page</html>", "unavailable"],
    [200, failed("RateLimitExceeded"), "rate_limited"],
    [500, failed("InternalServerError"), "unavailable"],
  ],
});
