import type { Database } from "../../database.ts";
import type { Consent, SecretHold } from "../../port.ts";
import { firstOf, type Script, tell } from "../../script.ts";

/** Scripts about sealed credentials: keeping them, who may exchange one, and consents that are being asked for. */
export interface SecretScripts {
  readonly put: (workspaceId: string, name: string, sealed: string) => Script<void>;
  readonly read: (workspaceId: string, name: string) => Script<string | undefined>;
  readonly drop: (workspaceId: string, name: string) => Script<void>;
  readonly replace: (workspaceId: string, name: string, sealed: string, expected: string) => Script<boolean>;
  readonly hold: (workspaceId: string, name: string, hold: SecretHold) => Script<boolean>;
  readonly release: (workspaceId: string, name: string, holder: string) => Script<void>;
  readonly putConsent: (consent: Consent, now: number) => Script<void>;
  readonly takeConsent: (id: string, now: number) => Script<string | undefined>;
}

export function secretScripts(database: Database): SecretScripts {
  return { ...keepingScripts(database), ...holdScripts(database), ...consentScripts(database) };
}

function keepingScripts({ kysely }: Database): Pick<SecretScripts, "put" | "read" | "drop" | "replace"> {
  return {
    *put(workspaceId, name, sealed) {
      yield* tell(
        kysely
          .insertInto("secrets")
          .values({ workspace_id: workspaceId, name, sealed })
          .onConflict((conflict) => conflict.columns(["workspace_id", "name"]).doUpdateSet({ sealed })),
      );
    },
    *read(workspaceId, name) {
      const row = yield* firstOf(
        kysely.selectFrom("secrets").select("sealed").where("workspace_id", "=", workspaceId).where("name", "=", name),
      );
      return row?.sealed;
    },
    *drop(workspaceId, name) {
      yield* tell(kysely.deleteFrom("secrets").where("workspace_id", "=", workspaceId).where("name", "=", name));
    },
    *replace(workspaceId, name, sealed, expected) {
      const row = yield* firstOf(
        kysely
          .updateTable("secrets")
          .set({ sealed })
          .where("workspace_id", "=", workspaceId)
          .where("name", "=", name)
          .where("sealed", "=", expected)
          .returning("name"),
      );
      return row !== undefined;
    },
  };
}

function holdScripts({ kysely }: Database): Pick<SecretScripts, "hold" | "release"> {
  return {
    *hold(workspaceId, name, { holder, at, until }) {
      const row = yield* firstOf(
        kysely
          .insertInto("secret_holds")
          .values({ workspace_id: workspaceId, name, holder, held_until: until })
          .onConflict((conflict) =>
            conflict
              .columns(["workspace_id", "name"])
              .doUpdateSet({ holder, held_until: until })
              .where((eb) => eb.or([eb("secret_holds.held_until", "<=", at), eb("secret_holds.holder", "=", holder)])),
          )
          .returning("holder"),
      );
      return row !== undefined;
    },
    *release(workspaceId, name, holder) {
      yield* tell(
        kysely
          .deleteFrom("secret_holds")
          .where("workspace_id", "=", workspaceId)
          .where("name", "=", name)
          .where("holder", "=", holder),
      );
    },
  };
}

function consentScripts({ kysely }: Database): Pick<SecretScripts, "putConsent" | "takeConsent"> {
  return {
    *putConsent({ id, sealed, expiresAt }, now) {
      yield* tell(kysely.deleteFrom("consents").where("expires_at", "<=", now));
      yield* tell(kysely.insertInto("consents").values({ id, sealed, expires_at: expiresAt }));
    },
    *takeConsent(id, now) {
      const row = yield* firstOf(
        kysely.deleteFrom("consents").where("id", "=", id).returning(["sealed", "expires_at"]),
      );
      return row !== undefined && row.expires_at > now ? row.sealed : undefined;
    },
  };
}
