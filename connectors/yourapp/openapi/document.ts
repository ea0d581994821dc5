import { parse as parseYaml } from "yaml";
import { Failure } from "../../../model/errors.ts";
import { isObject, type JsonObject } from "../json.ts";

/** The largest document that is read, bytes; one of 1,000 operations is about a quarter of it. */
export const DOCUMENT_BYTES_MAX = 8 * 1024 * 1024;
/** How many aliases a YAML document may resolve, so that a small one can not unfold into a huge one. */
const ALIASES_MAX = 1_000;

/**
 * Reads an OpenAPI 3.0 or 3.1 document or a Swagger 2 one, as JSON or YAML, into 3.1 with every reference inside it
 * resolved. References to other files are left as they are: nothing is fetched.
 * @throws Failure `rejected` that says why the text is no such document
 */
export async function readDocument(text: string): Promise<JsonObject> {
  if (text.length > DOCUMENT_BYTES_MAX) throw notOne(`it is larger than ${DOCUMENT_BYTES_MAX / 1024 / 1024} MB`);
  const raw = parsed(text);
  if (!isObject(raw)) throw notOne("it is neither JSON nor YAML of an object");
  const version = raw.openapi ?? raw.swagger;
  if (typeof version !== "string" || !/^(2\.0|3\.[01](\.\d+)?)$/.test(version)) {
    throw notOne("it does not begin with openapi: 3.0 or 3.1, or swagger: 2.0");
  }
  // Loaded when it is first needed: most hubs never read a document, and it is large.
  const { dereference, upgrade } = await import("@scalar/openapi-parser");
  const schema = read(() => dereference({ ...upgrade({ ...raw }).specification }).schema);
  if (!isObject(schema) || !isObject(schema.paths)) throw notOne("it describes no paths");
  return schema;
}

/** The library throws whatever it stumbles over. */
function read(step: () => unknown): unknown {
  try {
    return step();
  } catch (cause) {
    throw new Failure("rejected", "This OpenAPI document errs in a part that can not be passed over.", { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON; YAML is tried next.
  }
  try {
    return parseYaml(text, { maxAliasCount: ALIASES_MAX });
  } catch {
    return undefined;
  }
}

function notOne(why: string): Failure {
  return new Failure(
    "rejected",
    `This is no OpenAPI document: ${why}. Give the address of the document itself, or its text.`,
  );
}
