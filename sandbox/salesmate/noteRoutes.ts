import { type NoteParent, shownNote } from "./note.ts";
import type { Route, RouteParts, Visit } from "./routes.ts";

/** The modules whose objects can have notes here, by their number. Source: contract sheet, section 3. */
const MODULES = { contact: 1, activity: 2, deal: 4, company: 5 } as const;
const ROWS_MAX = 250;

/** Registers the operations on the notes of contacts, activities, deals and companies. */
export function noteRoutes(route: Route, parts: RouteParts): void {
  for (const [module, moduleId] of Object.entries(MODULES)) writeRoutes(route, parts, module, moduleId);
  route("GET", "/module/v4/modules/:moduleId/objects/:id/notes", (visit) => {
    const all = parts.notes.under(parentOf(visit, Number(visit.params.moduleId), parts));
    const quirks = parts.quirks();
    const shown = all.map((note) => shownNote(visit.isStale ? parts.notes.earlier(note) : note, quirks));
    if (quirks.notesAs === "list") return shown;
    const from = Number(visit.query.from ?? 0);
    const rows = Math.min(ROWS_MAX, Number(visit.query.rows ?? ROWS_MAX));
    return { data: shown.slice(from, from + rows), totalRows: shown.length };
  });
}

function writeRoutes(route: Route, parts: RouteParts, module: string, moduleId: number): void {
  const { notes, refusals } = parts;
  const all = `/${module}/v4/modules/:moduleId/object/:id/notes`;
  const parent = (visit: Visit): NoteParent => {
    if (visit.params.moduleId !== String(moduleId)) throw refusals.missing("Object not found");
    return parentOf(visit, moduleId, parts);
  };
  const noteId = ({ params }: Visit) => params.noteId ?? "";

  route("POST", all, (visit) => {
    const { id } = notes.create(parent(visit), visit.body, visit.user);
    parts.noted(parent(visit), visit.user);
    return { noteId: id };
  });
  route("PUT", `${all}/:noteId`, (visit) => {
    notes.update(parent(visit), noteId(visit), visit.body, visit.user);
    parts.noted(parent(visit), visit.user);
    return {};
  });
  route("DELETE", `${all}/:noteId`, (visit) => {
    notes.remove(parent(visit), noteId(visit));
    parts.noted(parent(visit), visit.user);
    return {};
  });
  for (const [path, isPinned] of [["pin-it", true] as const, ["unpin-it", false] as const]) {
    route("PATCH", `${all}/:noteId/${path}`, (visit) => {
      notes.pin(parent(visit), noteId(visit), isPinned);
      return {};
    });
  }
}

/** The object that a path names. @throws Refusal 404 when there is none. */
function parentOf({ id }: Visit, moduleId: number, parts: RouteParts): NoteParent {
  const { writer, activityWriter, deals, companies, refusals } = parts;
  switch (moduleId) {
    case MODULES.contact:
      return { moduleId, objectId: writer.demand(id).id };
    case MODULES.activity:
      return { moduleId, objectId: activityWriter.demand(id).id };
    case MODULES.deal:
      return { moduleId, objectId: deals.demand(id).id };
    case MODULES.company:
      return { moduleId, objectId: companies.demand(id).id };
    default:
      throw refusals.missing("Object not found");
  }
}
