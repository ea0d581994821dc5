import type { Fetch } from "./client.ts";

/** Ends the session of this browser. The page is loaded anew afterwards, and then asks to sign in. */
export async function signOut(fetch: Fetch): Promise<void> {
  await fetch("/api/auth/sign-out", {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
}
