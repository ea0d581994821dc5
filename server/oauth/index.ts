export { type ConsentParts, type Consents, createConsents, pathOf } from "./flows.ts";
export { type ConsentPageParts, serveConsents } from "./routes.ts";
