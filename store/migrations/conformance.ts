import { betterAuth } from "better-auth";
import { expect, test } from "vitest";
import type { Subject } from "../conformance.ts";

/** Rules about the schema: that it may be brought up to date again, and that better-auth can live in it. */
export function describeAuth({ store }: Subject): void {
  test("S31 bringing the schema up to date again, several times at once, changes nothing", async () => {
    await Promise.all([store().migrate(), store().migrate(), store().migrate()]);
    await store().ping();
  });

  test("S32 better-auth signs a person up, in, and out on its tables", async () => {
    const auth = betterAuth({
      database: store().auth,
      secret: "only-for-tests-0123456789abcdef",
      baseURL: "http://127.0.0.1",
      emailAndPassword: { enabled: true },
      telemetry: { enabled: false },
    });
    const person = { email: "owner@example.com", password: "a long enough password" };
    await auth.api.signUpEmail({ body: { ...person, name: "Owner" } });
    const { headers, response } = await auth.api.signInEmail({ body: person, returnHeaders: true });
    expect(response.user).toMatchObject({ email: "owner@example.com", emailVerified: false });
    const cookie = headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const signedIn = new Headers({ cookie });
    const session = await auth.api.getSession({ headers: signedIn });
    expect(session?.user.createdAt).toBeInstanceOf(Date);
    await auth.api.signOut({ headers: signedIn });
    expect(await auth.api.getSession({ headers: signedIn })).toBeNull();
  });
}
