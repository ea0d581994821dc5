import { isObject, type JsonObject } from "../json.ts";

/** Reading the parts of a document that suggestions are made from. Everything is looked at with care: documents err. */

/** One request that a document describes. */
export interface Described {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tag: string;
  readonly parameters: readonly Parameter[];
  /** The shape of its body in JSON. */
  readonly body?: JsonObject;
  readonly hasBody: boolean;
  /** The shape of its success in JSON. */
  readonly answer?: JsonObject;
  /** Whether a success carries the header `Link`. */
  readonly hasLinks: boolean;
}

/** A parameter of a path or a query. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly isRequired: boolean;
  readonly description: string;
  readonly schema: JsonObject;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Every request of a document, in its order. */
export function requestsOf(document: JsonObject): readonly Described[] {
  const paths = isObject(document.paths) ? Object.entries(document.paths) : [];
  return paths.flatMap(([path, item]) => {
    if (!isObject(item) || !path.startsWith("/")) return [];
    return METHODS.flatMap((method) => {
      const operation = item[method.toLowerCase()];
      return isObject(operation) ? [described(method, path, item, operation)] : [];
    });
  });
}

function described(method: Described["method"], path: string, item: JsonObject, operation: JsonObject): Described {
  const answer = successOf(operation);
  const own = parametersIn(operation.parameters);
  const common = parametersIn(item.parameters).filter(
    (one) => !own.some(({ name, in: at }) => name === one.name && at === one.in),
  );
  const body = jsonShape(isObject(operation.requestBody) ? operation.requestBody.content : undefined);
  const shape = answer && jsonShape(answer.content);
  return {
    method,
    path: path.replaceAll(/\{([^}]*)\}/g, (_whole, name: string) => `{${plainName(name)}}`),
    operationId: textOf(operation.operationId),
    summary: textOf(operation.summary),
    description: textOf(operation.description),
    tag: Array.isArray(operation.tags) ? textOf(operation.tags[0]) : "",
    parameters: [...own, ...common],
    ...(body && { body }),
    hasBody: isObject(operation.requestBody),
    ...(shape && { answer: shape }),
    hasLinks: isObject(answer?.headers) && Object.keys(answer.headers).some((name) => name.toLowerCase() === "link"),
  };
}

/** Names in braces hold letters, digits and underscores only. */
export function plainName(name: string): string {
  return name.replaceAll(/\W/g, "_");
}

function successOf({ responses }: JsonObject): JsonObject | undefined {
  if (!isObject(responses)) return undefined;
  const codes = ["200", "201", "202", "2XX", "default"];
  const found = codes
    .map((code) => responses[code])
    .find((one) => isObject(one) && jsonShape(one.content) !== undefined);
  return isObject(found) ? found : codes.map((code) => responses[code]).find(isObject);
}

function parametersIn(given: unknown): readonly Parameter[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((one: unknown) => {
    if (!isObject(one) || typeof one.name !== "string" || (one.in !== "path" && one.in !== "query")) return [];
    return [
      {
        name: one.in === "path" ? plainName(one.name) : one.name,
        in: one.in,
        isRequired: one.required === true || one.in === "path",
        description: textOf(one.description),
        schema: isObject(one.schema) ? one.schema : {},
      },
    ];
  });
}

function jsonShape(content: unknown): JsonObject | undefined {
  if (!isObject(content)) return undefined;
  const [, media] = Object.entries(content).find(([type]) => /[/+]json\b/i.test(type) || type === "*/*") ?? [];
  return isObject(media) && isObject(media.schema) ? media.schema : undefined;
}

/** A shape's properties, those of all its parts together. */
export function propertiesOf(shape: unknown, depth = 0): Readonly<Record<string, JsonObject>> {
  if (!isObject(shape) || depth > DEPTH_MAX) return {};
  const parts = [shape.allOf, shape.oneOf, shape.anyOf].flatMap((one) => (Array.isArray(one) ? one : []));
  const inherited = parts.map((part) => propertiesOf(part, depth + 1));
  const own = isObject(shape.properties) ? Object.entries(shape.properties).filter(([, value]) => isObject(value)) : [];
  // Filtered to objects one line above.
  return Object.assign({}, ...inherited, Object.fromEntries(own)) as Record<string, JsonObject>;
}

const DEPTH_MAX = 6;

/** The plain type of a shape: the first that is not null, also of an alternative. */
export function typeOf(shape: JsonObject): string {
  if (typeof shape.type === "string") return shape.type;
  if (Array.isArray(shape.type)) return textOf(shape.type.find((one) => one !== "null"));
  const parts = [shape.anyOf, shape.oneOf, shape.allOf].flatMap((one) => (Array.isArray(one) ? one : []));
  const part = parts.find((one): one is JsonObject => isObject(one) && one.type !== "null" && typeOf(one) !== "");
  if (part !== undefined) return typeOf(part);
  return isObject(shape.properties) ? "object" : isObject(shape.items) ? "array" : "";
}

/** The shape behind a nullable alternative. */
export function plainShape(shape: JsonObject): JsonObject {
  if (shape.type !== undefined || shape.properties !== undefined) return shape;
  const parts = [shape.anyOf, shape.oneOf].flatMap((one) => (Array.isArray(one) ? one : []));
  const part = parts.find((one): one is JsonObject => isObject(one) && one.type !== "null");
  return part === undefined ? shape : { ...part, ...withoutParts(shape) };
}

function withoutParts({ anyOf: _any, oneOf: _one, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** A text, or nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}
