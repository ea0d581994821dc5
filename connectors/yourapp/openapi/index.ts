import { type AppDeclaration, DeclaredOperation, type SignIn } from "../../../model/declaration.ts";
import type { ImportedApi } from "../../../model/importedApi.ts";
import { isObject, type JsonObject } from "../json.ts";
import { readDocument } from "./document.ts";
import { suggestResources } from "./records.ts";
import { type Described, requestsOf, textOf, typeOf } from "./schema.ts";

export { DOCUMENT_BYTES_MAX } from "./document.ts";

/**
 * Reads a document that describes an API, lists all its requests, and suggests a declaration from it.
 * @param text an OpenAPI 3.0 or 3.1 document or a Swagger 2 one, as JSON or YAML
 * @param from the address that it came from, to which its own addresses may be relative
 * @throws Failure `rejected` when the text is no such document
 */
export async function importApi(text: string, from?: string): Promise<ImportedApi> {
  const document = await readDocument(text);
  const requests = requestsOf(document);
  const operations = operationsOf(requests);
  const signIns = signInsOf(document);
  const servers = serversOf(document, from);
  const info = isObject(document.info) ? document.info : {};
  const resources = suggestResources(requests);
  const name = textOf(info.title).slice(0, 60) || "My app";
  const declaration: AppDeclaration = {
    name,
    baseUrl: servers[0] ?? "https://",
    signIn: signIns[0] ?? { kind: "none" },
    headers: {},
    limits: [{ requests: 5, perMs: 1_000 }],
    country: "US",
    resources,
    operations,
  };
  return {
    title: textOf(info.title) || name,
    version: textOf(info.version),
    servers,
    signIns,
    webhooks: isObject(document.webhooks) ? Object.keys(document.webhooks) : [],
    declaration,
  };
}

/** Every request as an entry of the catalogue; ids are made unique. */
function operationsOf(requests: readonly Described[]): DeclaredOperation[] {
  const taken = new Set<string>();
  return requests.flatMap((one) => {
    const id = freeId(idOf(one), taken);
    // A path that is none is left out: nothing could be asked by it.
    const parsed = DeclaredOperation.safeParse({
      id,
      title: (one.summary || one.operationId || `${one.method} ${one.path}`).slice(0, 200),
      subject: (one.tag || "Other").slice(0, 100),
      description: one.description.slice(0, 2_000),
      method: one.method,
      path: one.path,
      inputs: one.parameters.slice(0, 100).map(({ name, in: at, isRequired, description, schema }) => ({
        ...{ name: name.slice(0, 100), in: at, isRequired, description: description.slice(0, 500) },
        type: inputType(typeOf(schema)),
      })),
      hasBody: one.hasBody,
    });
    return parsed.success ? [parsed.data] : [];
  });
}

function inputType(type: string): "string" | "number" | "boolean" {
  if (type === "boolean") return type;
  return type === "integer" || type === "number" ? "number" : "string";
}

function idOf({ operationId, method, path }: Described): string {
  const words = operationId === "" ? `${method.toLowerCase()} ${path.replaceAll(/[{}]/g, "")}` : operationId;
  const plain = words.replaceAll(/[^A-Za-z0-9]+/g, "-").replaceAll(/^[^A-Za-z]+|-+$/g, "");
  return (plain || "operation").slice(0, 100);
}

function freeId(id: string, taken: Set<string>): string {
  let free = id;
  for (let number = 2; taken.has(free); number += 1) free = `${id}-${number}`;
  taken.add(free);
  return free;
}

/** The addresses that the document names, whole; variables stand as their defaults. */
function serversOf({ servers }: JsonObject, from: string | undefined): string[] {
  if (!Array.isArray(servers)) return [];
  return servers.flatMap((one: unknown) => {
    if (!isObject(one)) return [];
    const text = textOf(one.url).replaceAll(/\{([^}]*)\}/g, (_whole, name: string) => {
      const variable = isObject(one.variables) ? one.variables[name] : undefined;
      return isObject(variable) ? textOf(variable.default) : "";
    });
    const url = URL.parse(text, from);
    return url === null || !/^https?:$/.test(url.protocol) ? [] : [url.href.replace(/\/+$/, "")];
  });
}

/** The ways of signing in that the document names; those that hold for all requests first. */
function signInsOf(document: JsonObject): SignIn[] {
  const components = isObject(document.components) ? document.components : {};
  const schemes = isObject(components.securitySchemes) ? components.securitySchemes : {};
  const general = Array.isArray(document.security)
    ? document.security.flatMap((one) => (isObject(one) ? Object.keys(one) : []))
    : [];
  const names = [...new Set([...general.filter((name) => name in schemes), ...Object.keys(schemes)])];
  return names.flatMap((name) => signInOf(schemes[name]));
}

function signInOf(scheme: unknown): SignIn[] {
  if (!isObject(scheme)) return [];
  const type = textOf(scheme.type);
  if (type === "apiKey" && (scheme.in === "header" || scheme.in === "query")) {
    const name = textOf(scheme.name);
    if (!/^[A-Za-z0-9-]{1,60}$/.test(name)) return [];
    return [{ kind: "apiKey", in: scheme.in, name, prefix: "" }];
  }
  if (type === "http")
    return [textOf(scheme.scheme).toLowerCase() === "basic" ? { kind: "basic" } : { kind: "bearer" }];
  if (type !== "oauth2" || !isObject(scheme.flows)) return [];
  const { authorizationCode, clientCredentials } = scheme.flows;
  return [...flowOf(authorizationCode, true), ...flowOf(clientCredentials, false)];
}

function flowOf(flow: unknown, isCode: boolean): SignIn[] {
  if (!isObject(flow)) return [];
  const [authorizeUrl, tokenUrl] = [textOf(flow.authorizationUrl), textOf(flow.tokenUrl)];
  const isAddress = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? "");
  const scopes = isObject(flow.scopes)
    ? Object.keys(flow.scopes)
        .filter((one) => one !== "")
        .slice(0, 100)
    : [];
  if (!isAddress(tokenUrl) || (isCode && !isAddress(authorizeUrl))) return [];
  return [isCode ? { kind: "oauth", authorizeUrl, tokenUrl, scopes } : { kind: "clientCredentials", tokenUrl, scopes }];
}
