import { z } from "zod";
import { readAnswer, type Session } from "../../kit/index.ts";
import { type ErrorKind, Failure } from "../../model/errors.ts";
import { about } from "./calls.ts";
import type { Settings } from "./settings.ts";

/** The people who use the location. Needs the permission `users.readonly`. */

const KEPT_MS = 3_600_000;
const User = z.object({ id: z.string(), name: z.string().nullish(), email: z.string().nullish() });
const UsersAnswer = z.object({ users: z.array(User) });

/** Without the permission, and where the location's generation of the API has no such list, nobody's name is known. */
const SAYS_NOTHING: ReadonlySet<ErrorKind> = new Set(["forbidden", "not_found"]);

/**
 * What users are called, by their ids, remembered for an hour; nobody where they must not be read. The list is the dated
 * versions' own: v3 lists users to agencies only.
 * @throws Failure where HighLevel can not be asked at the moment
 */
export function userNames(session: Session<Settings>): Promise<Readonly<Record<string, string>>> {
  return session.remember("userNames", KEPT_MS, async () => {
    const doing = "list the users of the location";
    const { locationId } = session.settings;
    try {
      const headers = { version: "2021-07-28" };
      const request = { method: "GET", path: "/users/", query: { locationId }, headers, doing } as const;
      const { users } = readAnswer(UsersAnswer, await session.http.request(request), about(doing));
      return Object.fromEntries(users.map(({ id, name, email }) => [id, name?.trim() || email?.trim() || id]));
    } catch (thrown) {
      if (thrown instanceof Failure && SAYS_NOTHING.has(thrown.kind)) return {};
      throw thrown;
    }
  });
}
