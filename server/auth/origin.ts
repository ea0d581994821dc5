/** The parts of a request that tell where it was made from. Header names in lower case. */
export interface RequestOrigin {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change something as far as its origin goes: it only reads, it carries a bearer token (which no
 * foreign page can make a browser send), or the page that sent it is the hub's own. Pure.
 */
export function isOriginTrusted(request: RequestOrigin, publicUrl: string): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  if (textOf(request.headers.authorization).toLowerCase().startsWith("bearer ")) return true;
  const origin = textOf(request.headers.origin);
  return origin !== "" && (origin === new URL(publicUrl).origin || hostOf(origin) === textOf(request.headers.host));
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

function textOf(header: string | readonly string[] | undefined): string {
  return typeof header === "string" ? header : (header?.[0] ?? "");
}
