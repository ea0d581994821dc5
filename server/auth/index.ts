export { isOriginTrusted, type RequestOrigin } from "./origin.ts";
export { createSignIn, LINK_SECONDS, type SignedIn, type SignIn, type SignInOptions } from "./signIn.ts";
