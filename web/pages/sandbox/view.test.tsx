import { expect, test } from "vitest";
import { aSandboxContact } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { SandboxColumn, type SandboxColumnProps } from "./column.tsx";
import { saying } from "./contactForm.tsx";
import { NOTHING_TYPED } from "./form.ts";
import { NoSandboxView, SandboxPageView } from "./view.tsx";

const contact = aSandboxContact();

function column(different: Partial<SandboxColumnProps> = {}) {
  const full: SandboxColumnProps = {
    partner: "highlevel",
    app: "salesmate",
    contacts: ready({ contacts: [contact], total: 1 }),
    flashing: new Set(),
    counterpart: { kind: "none" },
    search: "",
    page: 1,
    pageSize: 25,
    open: undefined,
    onOpen: () => {},
    onSearch: () => {},
    onPage: () => {},
    onCreate: async () => {},
    onEdit: async () => {},
    onDelete: async () => {},
    belongings: () => null,
  };
  return <SandboxColumn {...full} {...different} />;
}

const APPS = { apps: ["salesmate", "trustpilot"], app: "salesmate", onApp: () => {} } as const;

test("UI160 what stands beside HighLevel is chosen by name, where there are several", () => {
  const sides = { journey: undefined, left: null, right: null };
  expect(drawn(<SandboxPageView {...APPS} {...sides} />)).toMatch(/<legend[^>]*>Beside HighLevel<\/legend>/);
  expect(words(<SandboxPageView {...APPS} {...sides} app="trustpilot" />)).toContain("Trustpilot");
  expect(drawn(<SandboxPageView {...APPS} {...sides} apps={["salesmate"]} />)).not.toContain("Beside HighLevel");
});

test("UI17 the sandbox says what it is, and what to do first", () => {
  const text = words(
    <SandboxPageView {...APPS} journey={undefined} left={column()} right={column({ partner: "salesmate" })} />,
  );
  expect(text).toContain("These are stand-ins for the real products; nothing here leaves your machine.");
  expect(text).toContain("Open a contact, change something and save it.");
});

test("UI9 a workspace of real products has no sandbox, and says how to get one", () => {
  expect(words(<NoSandboxView />)).toContain("npm start");
});

test("UI9 a partner's contacts hold their room while they are read, and say why when they cannot be", () => {
  expect(drawn(column({ contacts: reading }))).toContain('aria-label="Reading HighLevel"');
  expect(words(column({ contacts: failed(new Error("The emulator is away.")) }))).toContain("The emulator is away.");
});

test("UI9 an empty partner and an empty search differ", () => {
  const contacts = ready({ contacts: [], total: 0 });
  expect(words(column({ contacts }))).toContain("No contacts in HighLevel");
  expect(words(column({ contacts, search: "zoë" }))).toContain("Nobody in HighLevel fits “zoë”");
});

test("UI17 an open contact shows its form with labelled fields, in place", () => {
  const html = drawn(column({ open: { kind: "contact", id: contact.id } }));
  expect(html).toContain('aria-expanded="true"');
  expect(html).toMatch(/<form[^>]*aria-label="Edit Ana Silva"/);
  expect(html).toContain('value="ana.silva@lisboa.example"');
  expect(html.match(/<label/g)?.length).toBeGreaterThanOrEqual(6);
});

test("UI17 a new contact has a form of its own, with nothing to delete", () => {
  const text = words(column({ open: { kind: "new" }, contacts: ready({ contacts: [], total: 0 }) }));
  expect(text).toContain("Create");
  expect(text).not.toContain("Delete");
});

test("UI17 the counterpart of what is open across stands above the list, once", () => {
  const html = drawn(column({ counterpart: { kind: "there", contact } }));
  expect(html).toContain('aria-label="The same person in HighLevel"');
  expect(html.match(/Ana Silva/g)).toHaveLength(1);
  expect(words(column({ counterpart: { kind: "missing", who: "Zoë" } }))).toContain("Zoë is not in HighLevel.");
});

test("UI17 a changed contact is lit", () => {
  expect(drawn(column({ flashing: new Set([contact.id]) }))).toContain('data-flash="true"');
});

const parts = { left: column(), right: column({ partner: "salesmate" }) };

test("UI36 while the sync is paused an edit is not said to be on its way", () => {
  const journey = {
    who: "Ana",
    from: "highlevel",
    to: "salesmate",
    deed: "edited",
    startedAt: 0,
    state: "travelling",
  } as const;
  const shown = (isPaused: boolean) =>
    words(<SandboxPageView {...APPS} journey={journey} isPaused={isPaused} {...parts} />);
  expect(shown(true)).toContain("Ana, edited in HighLevel: goes to Salesmate when the sync is resumed");
  expect(shown(false)).toContain("on its way to Salesmate");
  const quiet = words(<SandboxPageView {...APPS} journey={undefined} isPaused {...parts} />);
  expect(quiet).toContain("nothing goes across until it is resumed");
});

test("UI37 the form marks what the product asks for, and says why", () => {
  const form = (partner: "highlevel" | "salesmate") => drawn(column({ partner, open: { kind: "new" } }));
  expect(form("salesmate")).toContain("Salesmate asks for it");
  expect(form("salesmate")).toContain('aria-required="true"');
  expect(form("highlevel")).not.toContain("asks for it");
});

test("UI37 beside the button stands why a form cannot be saved, or that it is", () => {
  expect(saying("Salesmate asks for a last name", false)).toBe("Salesmate asks for a last name");
  expect(saying(NOTHING_TYPED, true)).toBe("Saved");
  expect(saying(NOTHING_TYPED, false)).toBe("");
  expect(saying(undefined, true)).toBe("");
});

test("UI38 both products are there with a switch, of which a narrow screen shows one", () => {
  const html = drawn(<SandboxPageView {...APPS} journey={undefined} {...parts} />);
  expect(html).toContain('data-shown="left"');
  expect(html).toMatch(/<legend[^>]*>Which product<\/legend>/);
});
