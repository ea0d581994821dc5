import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";

/** The top folder of the repository. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const PASSED_OVER = new Set(["node_modules", "dist", "data", ".git", ".kith"]);

/** Paths of all files below `folder`, relative to the top folder, with `/`, sorted; neither packages nor built files. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      if (PASSED_OVER.has(entry.name)) return [];
      const path = posix.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();
}

/** The text of a file named relative to the top folder. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Whether the file is a test, or a suite that tests share. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(^|\/)(conformance|\w+Conformance)\.ts$/.test(path) || path.startsWith("test/");
}

/** One import or re-export as it stands in a file. */
export interface Import {
  /** A path relative to the top folder for files of ours, else the package or built-in module. */
  readonly target: string;
  readonly isOurs: boolean;
  /** Whether it vanishes when types are stripped. */
  readonly isTypeOnly: boolean;
  /** Names that are imported; `default` and `*` for those. */
  readonly names: readonly string[];
  readonly line: number;
}

/** One use of a global that reaches outside the program: `process`, `Date.now`, `fetch` … */
export interface Touch {
  readonly name: string;
  readonly line: number;
}

/** What one source file imports, and which globals of the outside world it uses. */
export interface Source {
  readonly path: string;
  readonly imports: readonly Import[];
  readonly touches: readonly Touch[];
}

/**
 * Reads one source file.
 *
 * @param path relative to the top folder; imports are resolved against it
 * @param text TypeScript, with or without JSX
 */
export function readSource(path: string, text: string): Source {
  const imports: Import[] = [];
  const touches: Touch[] = [];
  const tree = parse(path, text);
  const isParameter = parametersOf(tree);
  walk(tree, undefined, (node, parent) => {
    const line = () => text.slice(0, node.start).split("\n").length;
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push({ ...resolve(path, specifier), ...shapeOf(node), line: line() });
    const name = worldName(node, parent);
    if (name !== undefined && !isParameter(name, node)) touches.push({ name, line: line() });
  });
  return { path, imports, touches };
}

/** A node of the syntax tree, seen without its kind. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** Whether a property of a node is itself a node. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The syntax tree of a file. */
export function parse(path: string, text: string): Node {
  const lang = path.endsWith(".ts") ? "ts" : path.endsWith(".mjs") ? "js" : "tsx";
  // The parser's tree is typed per node kind; we walk it whole, as plain objects.
  return parseAst(text, { lang }) as unknown as Node;
}

/** Visits the node and everything below it, parents first. */
export function walk(
  node: Node,
  parent: Node | undefined,
  visit: (node: Node, parent: Node | undefined) => void,
): void {
  visit(node, parent);
  for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, node, visit);
}

/** The module that the node imports, for static, dynamic and type imports and for re-exports. */
function specifierOf(node: Node): string | undefined {
  const isImport = /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/.test(node.type);
  const source = isImport ? node.source : undefined;
  return isNode(source) && typeof source.value === "string" ? source.value : undefined;
}

function shapeOf(node: Node): Pick<Import, "isTypeOnly" | "names"> {
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  const isTypeKind = (part: Node) => part.importKind === "type" || part.exportKind === "type";
  const areAllTypes = specifiers.length > 0 && specifiers.every(isTypeKind);
  return {
    isTypeOnly: node.type === "TSImportType" || isTypeKind(node) || areAllTypes,
    names: specifiers.map(importedName),
  };
}

function importedName(specifier: Node): string {
  const imported = specifier.imported ?? specifier.local;
  if (specifier.type === "ImportDefaultSpecifier") return "default";
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  return isNode(imported) && typeof imported.name === "string" ? imported.name : "*";
}

function resolve(path: string, specifier: string): Pick<Import, "target" | "isOurs"> {
  if (!specifier.startsWith(".")) return { target: specifier, isOurs: false };
  return { target: posix.normalize(posix.join(posix.dirname(path), specifier)), isOurs: true };
}

const WORLD_GLOBALS = new Set([
  "process",
  "console",
  "fetch",
  "WebSocket",
  "EventSource",
  "setTimeout",
  "setInterval",
  "setImmediate",
]);

const WORLD_MEMBERS = new Set([
  "Date.now",
  "Math.random",
  "performance.now",
  "crypto.randomUUID",
  "crypto.getRandomValues",
  "AbortSignal.timeout",
]);

/** The name of the world's global that this node uses, if it is one. */
function worldName(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === "MemberExpression") {
    const name = `${nameOf(node.object)}.${nameOf(node.property)}`;
    return WORLD_MEMBERS.has(name) ? name : undefined;
  }
  const isBareDate = nameOf(node.callee) === "Date" && Array.isArray(node.arguments) && node.arguments.length === 0;
  if (isBareDate) return "new Date()";
  const name = nameOf(node);
  return name !== undefined && WORLD_GLOBALS.has(name) && !isLabel(node, parent) ? name : undefined;
}

/** The name, when the node is an identifier. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node) && node.type === "Identifier" && typeof node.name === "string" ? node.name : undefined;
}

/** Whether the identifier only names a property, as in `clock.setTimeout` or `{ process: … }`. */
function isLabel(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined || parent.computed === true) return false;
  if (parent.type === "MemberExpression") return parent.property === node;
  return parent.key === node || parent.type === "ImportSpecifier" || parent.type.startsWith("TS");
}

/** Tells whether a name, where it is used, is a parameter of a function around it: then it was handed in. */
function parametersOf(tree: Node): (name: string, at: Node) => boolean {
  const named: { readonly name: string; readonly around: Node }[] = [];
  walk(tree, undefined, (node) => {
    const parameters = Array.isArray(node.params) ? node.params : [];
    for (const name of parameters.flatMap(boundNames)) named.push({ name, around: node });
  });
  return (name, at) =>
    named.some((one) => one.name === name && one.around.start <= at.start && at.end <= one.around.end);
}

/** The names that a parameter binds, be it plain, with a default, taken apart or the rest. */
function boundNames(pattern: unknown): string[] {
  if (!isNode(pattern)) return [];
  const name = nameOf(pattern);
  if (name !== undefined) return [name];
  const parts = [pattern.left, pattern.value, pattern.argument, pattern.properties, pattern.elements];
  return parts.flat().flatMap(boundNames);
}

/** Every source file of the repository, read. */
export function allSources(): Source[] {
  return filesBelow(".")
    .filter((path) => /\.(tsx?|mjs)$/.test(path))
    .map((path) => readSource(path, textOf(path)));
}
