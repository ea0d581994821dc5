/** The only door of the kit: what a connector's author, and whoever opens connections, imports. */
export { type Address, parseAddress } from "./addresses.ts";
export { type AgencyAccount, agencyAccounts } from "./agency.ts";
export { type AllowedAddresses, allowedAddresses, NOTHING_ALLOWED } from "./allowed.ts";
export { type AnswerContext, readAnswer } from "./answer.ts";
export type { HubBook, Telling } from "./book.ts";
export { type Budget, type BudgetOptions, type BudgetUsage, createBudget } from "./budget.ts";
export {
  createHttpClient,
  HOW_TO_TURN_WRITING_ON,
  type HttpClientOptions,
  type HttpClientSource,
  partnerAgent,
  TIMEOUT_MS,
} from "./client.ts";
export type { Clock } from "./clock.ts";
export * from "./connector.ts";
export {
  type AppRegistration,
  type BroughtBack,
  type Consent,
  consentAddress,
  consentOf,
  type Granted,
  grantOf,
} from "./consent.ts";
export { fetchDocument } from "./document.ts";
export { kindOfStatus } from "./failures.ts";
export {
  type GuardOptions,
  guardedAgent,
  type Resolve,
  type Resolved,
  reachable,
} from "./guard.ts";
export { type HmacAlgorithm, isHmacOf } from "./hmac.ts";
export * from "./http.ts";
export { type Dialect, doingOf, type HttpAction, httpAction, withoutNulls } from "./httpOperation.ts";
export { type HubKept, hubKept } from "./hubKept.ts";
export { type KeepCalls, type KeptCalls, type PassedCalls, resumed } from "./ledger.ts";
export { createMemoryBook } from "./memoryBook.ts";
export {
  type Claim,
  type CredentialAccess,
  type CredentialKeeper,
  credentialKeeper,
  type OAuthCredential,
} from "./oauth.ts";
export { oncePer } from "./once.ts";
export {
  type Action,
  actionOf,
  checkedInput,
  EFFECTS,
  type Effect,
  type Operation,
  type OperationCall,
  type Trigger,
} from "./operation.ts";
export { assertAdvances, followPages, isAllRead, type PagingOptions, Tally, tallied } from "./paging.ts";
export { filledPath, path } from "./path.ts";
export { retryAfterAt } from "./retryAfter.ts";
export { isSameKey } from "./sameKey.ts";
export {
  callFinder,
  createKnownScopes,
  type FindCall,
  type KeptScopes,
  type KnownScopes,
  type Permission,
} from "./scopes.ts";
export {
  addressesOf,
  type ConnectionRow,
  checkedSettings,
  mayWrite,
  type OpenConnection,
  type OpenConnectionOptions,
  openConnection,
  partnerOf,
  type ResourcePartner,
  signsInByItself,
} from "./session.ts";
export { failureOfSql, type OpenSql, type SqlAnswer, type SqlClient, type SqlKind, type SqlTarget } from "./sql.ts";
export {
  ADDRESS_SECRET_SCHEME,
  AddressSecret,
  contentId,
  isSameSecret,
  isSignedBy,
  provedByAddress,
  publicKey,
  type SignatureScheme,
} from "./webhooks.ts";
export { wholeMinute } from "./wholeMinute.ts";
