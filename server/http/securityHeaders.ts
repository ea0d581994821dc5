import type { FastifyHelmetOptions } from "@fastify/helmet";

const NOTHING = ["'none'"];
const OWN = ["'self'"];

/** Headers of API answers: data that no page may embed, frame or run. */
export function apiHeaders(publicUrl: string): FastifyHelmetOptions {
  return { ...transport(publicUrl), contentSecurityPolicy: policy({ defaultSrc: NOTHING, frameAncestors: NOTHING }) };
}

/** Headers of the API's readable description, which brings a policy of its own for its scripts. */
export function docsHeaders(publicUrl: string): FastifyHelmetOptions {
  return { ...transport(publicUrl), contentSecurityPolicy: false };
}

/** Headers of the dashboard: its own scripts only; inline styles, because its component library sets them. */
export function pageHeaders(publicUrl: string): FastifyHelmetOptions {
  return {
    ...transport(publicUrl),
    contentSecurityPolicy: policy({
      defaultSrc: OWN,
      scriptSrc: OWN,
      styleSrc: [...OWN, "'unsafe-inline'"],
      imgSrc: [...OWN, "data:"],
      connectSrc: OWN,
      objectSrc: NOTHING,
      baseUri: OWN,
      formAction: OWN,
      frameAncestors: NOTHING,
    }),
  };
}

function policy(directives: Record<string, string[]>) {
  return { useDefaults: false, directives };
}

/** Browsers are told to insist on https only where the hub is reached by it. */
function transport(publicUrl: string): FastifyHelmetOptions {
  const isSecure = publicUrl.startsWith("https:");
  return { strictTransportSecurity: isSecure, crossOriginOpenerPolicy: isSecure, originAgentCluster: isSecure };
}
