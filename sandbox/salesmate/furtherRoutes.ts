import { MODULE_NUMBERS, SITES } from "./customModule.ts";
import { moduleRoutes } from "./moduleRoutes.ts";
import type { Route, RouteParts } from "./routes.ts";

/** Registers the operations on products, on the account's own module, and on what modules and currencies there are. */
export function furtherRoutes(route: Route, parts: RouteParts): void {
  const { products, sites, currencies, refusals } = parts;
  moduleRoutes(route, products, parts, {
    records: "/v1/products",
    search: "/v3/products/search",
    isReadable: false,
  });
  // What the body holds is documented nowhere.
  route("PUT", "/v1/products/bulkDelete", ({ body, user }) => {
    for (const id of idsIn(body)) products.remove(id, user);
    return {};
  });
  moduleRoutes(
    (method, url, handle) =>
      route(method, url, (visit) => {
        const isSearch = url.endsWith("/search");
        if (isSearch && moduleIn(visit.body) !== SITES.id) throw refusals.invalid("moduleId is not valid");
        return handle(visit);
      }),
    sites,
    parts,
    { records: `/module/v4/${SITES.id}/records`, search: "/module/v4/records/search" },
  );
  route("GET", "/module/v4/modules/:name", ({ params }) => {
    const known = MODULE_NUMBERS[params.name ?? ""];
    if (known === undefined) throw refusals.missing("Module not found");
    return { ...known, internalName: params.name, isCustom: known.id > 100, isActive: true };
  });
  route("GET", "/v3/lookups/active/currency", () =>
    currencies.map((code, at) => ({ id: at + 1, code, isActive: true })),
  );
}

function idsIn(body: unknown): readonly string[] {
  const ids = typeof body === "object" && body !== null && "ids" in body ? body.ids : undefined;
  return Array.isArray(ids) ? ids.map(String) : [];
}

function moduleIn(body: unknown): number {
  return typeof body === "object" && body !== null && "moduleId" in body ? Number(body.moduleId) : 0;
}
