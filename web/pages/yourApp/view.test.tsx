import { expect, test } from "vitest";
import { AppDeclaration } from "../../../model/declaration.ts";
import { drawn, words } from "../../stories/draw.tsx";
import {
  credentialOf,
  emptyApp,
  emptyResource,
  issuesOf,
  NO_SECRETS,
  proofOf,
  REACH,
  signInOf,
  syncsFor,
  withEvent,
  withField,
  withNewField,
  withResource,
} from "./draft.ts";
import { draftOf, STEPS, type Step, YourAppPageView } from "./view.tsx";

const CONTACT = withNewField(emptyResource("contact"), "loyalty_tier");
const APP = withResource(
  withResource(emptyApp("Shop", "https://shop.example/api"), "contact", CONTACT),
  "note",
  emptyResource("note"),
);

function page(step: Step, app = APP) {
  const begin = { step, draft: draftOf({ kind: "declaration", declaration: app }) };
  const never = async () => {
    throw new Error("nothing is asked while a page is drawn");
  };
  return (
    <YourAppPageView
      connections={[{ id: "crm", name: "Harbour Dental" }]}
      begin={begin}
      onRead={never}
      onTry={never}
      onConnect={never}
    />
  );
}

test("YA40 an app is connected by one question on each page", () => {
  const questions = STEPS.map((step) => words(page(step)));
  expect(questions.map((text) => /Step (\d) of 6/.exec(text)?.[1])).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(questions[0]).toContain("From an address");
  expect(questions[5]).toContain("Keep it in step with");
});

test("YA40 what is missing is said, and one can not go on without it", () => {
  const lost = withResource(APP, "contact", { ...CONTACT, read: { ...CONTACT.read, path: "/contacts" } });
  expect(words(page("records", lost))).toContain("Contacts, read path: must hold {id}.");
  expect(words(page("records", emptyApp("Shop", "https://shop.example")))).toContain(
    "Choose something that shall be kept in step.",
  );
  expect(words(page("signIn"))).toContain("Fill in what it asks for");
});

test("YA41 every line of how a kind of record is reached can be changed, and is still a declaration", () => {
  for (const resource of ["contact", "note", "task", "appointment"] as const) {
    for (const { label, read, write } of REACH) {
      const shape = emptyResource(resource);
      const text =
        label === "List"
          ? "/other"
          : /Read|Change|Delete/.test(label)
            ? "/other/{id}"
            : label === "Create"
              ? "/other"
              : "other";
      const changed = write(shape, text);
      expect(read(changed), label).toBe(text);
      const empty = read(write(changed, ""));
      expect(empty, label).toBe("");
    }
  }
  expect(words(page("records"))).toContain(
    "From /contacts: 5 fields; can create, change, delete.".replace("can create", "can read, create"),
  );
});

test("YA41 a field becomes one of ours, and is then compared as ours is", () => {
  const place = CONTACT.fields.length - 1;
  const ours = withField("contact", CONTACT, place, { standard: "tags" });
  expect(ours.fields[place]).toMatchObject({ key: "tags", standard: "tags", type: "set" });
  const plain = withField("contact", ours, place, { standard: "" });
  expect(plain.fields[place]).toMatchObject({ key: "custom.loyalty_tier" });
  expect(plain.fields[place]?.standard).toBeUndefined();
  expect(issuesOf(withResource(APP, "contact", plain))).toEqual([]);
  expect(drawn(page("fields"))).toContain("loyalty_tier");
});

test("YA42 what is typed to sign in becomes the credential that the way needs", () => {
  const typed = { ...NO_SECRETS, token: "k", user: "ana", password: "p", clientId: "id", clientSecret: "hush" };
  const of = (kind: Parameters<typeof signInOf>[0]) => credentialOf(signInOf(kind, []), typed);
  expect(of("apiKey")).toEqual({ kind: "token", token: "k" });
  expect(of("basic")).toEqual({ kind: "token", token: "ana:p" });
  expect(of("clientCredentials")).toEqual({ kind: "consent", clientId: "id", clientSecret: "hush" });
  expect(of("none")).toEqual({ kind: "token", token: "none" });
  expect(credentialOf({ kind: "bearer" }, NO_SECRETS)).toBeUndefined();
});

test("YA43 the description that is saved as a file is one, and holds no secret", () => {
  const saved = /href="data:application\/json;charset=utf-8,([^"]+)"/.exec(drawn(page("finish")))?.[1] ?? "";
  expect(AppDeclaration.parse(JSON.parse(decodeURIComponent(saved)))).toEqual(AppDeclaration.parse(APP));
});

test("YA43 the app's records are kept in step by a sync of each kind, under that of the contacts", () => {
  expect(syncsFor("crm", "shop", ["note", "contact"])).toEqual([
    { id: "contacts-shop", name: "Contacts", left: "crm", right: "shop", resource: "contact" },
    { id: "notes-shop", name: "Notes", left: "crm", right: "shop", resource: "note", parent: "contacts-shop" },
  ]);
});

test("YA42 webhooks are described by where their event and their record stand, and the secret is no part of it", () => {
  const begun = { proof: proofOf("hmac", undefined), type: "event", events: [] };
  const told = withEvent(withEvent(begun, "contact", { name: "person.*" }), "contact", { id: "record.id" });
  expect(issuesOf({ ...APP, webhooks: told })).toEqual([]);
  expect(told.events).toEqual([{ name: "person.*", resource: "contact", id: "record.id" }]);
  expect(withEvent(withEvent(told, "contact", { name: "" }), "contact", { id: "" }).events).toEqual([]);
  const text = words(page("signIn", { ...APP, webhooks: told }));
  for (const part of ["Signed with a secret", "Events about contacts", "Contact of the note", "Shared secret"]) {
    expect(text).toContain(part);
  }
});
