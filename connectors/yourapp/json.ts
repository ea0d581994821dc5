/** Reading and writing JSON by paths such as `data.items`. Pure. */

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What stands at a path; `undefined` where nothing does. The empty path is the whole. */
export function valueAt(json: unknown, path: string): unknown {
  if (path === "") return json;
  return path.split(".").reduce<unknown>((part, name) => {
    if (Array.isArray(part)) return /^\d+$/.test(name) ? part[Number(name)] : undefined;
    return isObject(part) && Object.hasOwn(part, name) ? part[name] : undefined;
  }, json);
}

/** The id at a path, as text; `undefined` where none stands. */
export function idAt(json: unknown, path: string): string | undefined {
  const id = valueAt(json, path);
  if (typeof id === "number") return Number.isFinite(id) ? String(id) : undefined;
  return typeof id === "string" && id.trim() !== "" ? id : undefined;
}

/** The object with a value set at a path; objects on the way are made, and what is no object on the way is replaced. */
export function withValueAt(json: JsonObject, path: string, value: unknown): JsonObject {
  const [name = "", ...rest] = path.split(".");
  if (rest.length === 0) return { ...json, [name]: value };
  const inner = json[name];
  return { ...json, [name]: withValueAt(isObject(inner) ? inner : {}, rest.join("."), value) };
}

/** Whether it is an object, and no list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
