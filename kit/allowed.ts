import ipaddr from "ipaddr.js";

/** What the operator allows beside the open internet: hosts, addresses and ranges such as `10.1.0.0/16`. */
export interface AllowedAddresses {
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];
}

/** Nothing beside the open internet. */
export const NOTHING_ALLOWED: AllowedAddresses = { hosts: new Set(), ranges: [] };

/**
 * Reads what the operator allows.
 * @param entries host names, addresses and ranges
 * @returns `undefined` when one of them is none of these
 */
export function allowedAddresses(entries: readonly string[]): AllowedAddresses | undefined {
  const hosts = new Set<string>();
  const ranges: (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[] = [];
  for (const entry of entries) {
    const text = entry.trim().toLowerCase();
    if (ipaddr.isValidCIDR(text)) ranges.push(ipaddr.parseCIDR(text));
    else if (ipaddr.isValid(text)) ranges.push(rangeOfOne(ipaddr.parse(text)));
    else if (/^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(text)) hosts.add(text);
    else return undefined;
  }
  return { hosts, ranges };
}

function rangeOfOne(address: ipaddr.IPv4 | ipaddr.IPv6): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] {
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Addresses of the open internet that clouds use for their own machines. Source: Azure's and Oracle's documentation. */
const METADATA = ["168.63.129.16", "192.0.0.192"].map((text) => ipaddr.parse(text));

/** Whether a connection to this address, reached by this host name, may be made. */
export function mayReach(address: string, host: string, allowed: AllowedAddresses): boolean {
  if (allowed.hosts.has(host.toLowerCase())) return true;
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address in IPv6 clothes is that IPv4 address.
  const real = ipaddr.process(address);
  if (allowed.ranges.some(([range, bits]) => range.kind() === real.kind() && real.match(range, bits))) return true;
  return real.range() === "unicast" && !METADATA.some((one) => one.toNormalizedString() === real.toNormalizedString());
}
