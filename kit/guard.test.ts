import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../model/errors.ts";
import { allowedAddresses, mayReach, NOTHING_ALLOWED } from "./allowed.ts";
import { guardedAgent, type Resolved, reachable } from "./guard.ts";

function allowing(...entries: string[]) {
  const allowed = allowedAddresses(entries);
  if (allowed === undefined) throw new Error("these should be addresses");
  return allowed;
}

const REFUSED: readonly [string, string][] = [
  ["loopback", "127.0.0.1"],
  ["all of loopback", "127.8.9.10"],
  ["loopback of IPv6", "::1"],
  ["nowhere", "0.0.0.0"],
  ["nowhere of IPv6", "::"],
  ["a private network", "10.0.0.1"],
  ["another private network", "172.31.255.255"],
  ["a private network at home", "192.168.1.1"],
  ["a carrier's network", "100.64.0.1"],
  ["a cloud's metadata", "169.254.169.254"],
  ["Alibaba's metadata", "100.100.100.200"],
  ["Azure's wire server", "168.63.129.16"],
  ["Oracle's metadata", "192.0.0.192"],
  ["metadata of IPv6", "fd00:ec2::254"],
  ["unique local", "fc00::1"],
  ["link-local of IPv6", "fe80::1"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1"],
  ["IPv4 in IPv6, in hex", "::ffff:a9fe:a9fe"],
  ["IPv4 behind NAT64", "64:ff9b::7f00:1"],
  ["IPv4 by 6to4", "2002:7f00:1::"],
  ["Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2"],
  ["everybody", "255.255.255.255"],
  ["many", "224.0.0.1"],
  ["many of IPv6", "ff02::1"],
  ["an example network", "203.0.113.5"],
];

test.each(REFUSED)("YA20 %s is not reached", (_what, address) => {
  expect(mayReach(address, "app.example", NOTHING_ALLOWED)).toBe(false);
});

test.each(["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])("YA20 %s is reached", (address) => {
  expect(mayReach(address, "app.example", NOTHING_ALLOWED)).toBe(true);
});

test("YA20 no private IPv4 address is reached in whatever way it is written", () => {
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.constantFrom(10, 127), octet, octet, octet, (first, ...rest) => {
      const hex = [first, ...rest].map((one) => one.toString(16).padStart(2, "0")).join("");
      const plain = [first, ...rest].join(".");
      for (const written of [plain, `::ffff:${plain}`, `::ffff:${hex.slice(0, 4)}:${hex.slice(4)}`]) {
        expect(mayReach(written, "app.example", NOTHING_ALLOWED)).toBe(false);
      }
    }),
  );
});

test("YA21 the operator allows hosts, addresses and ranges, and no more than these", () => {
  const allowed = allowing("crm.internal", "10.1.0.0/16", "192.168.7.7", "fd12::/16");
  const reached = (address: string, host = "other.example") => mayReach(address, host, allowed);
  expect([reached("10.9.9.9", "CRM.internal"), reached("10.1.2.3"), reached("192.168.7.7")]).toEqual([
    true,
    true,
    true,
  ]);
  expect([reached("fd12::5"), reached("::ffff:10.1.2.3")]).toEqual([true, true]);
  expect([reached("10.2.0.1"), reached("192.168.7.8"), reached("127.0.0.1")]).toEqual([false, false, false]);
  expect(reached("10.9.9.9", "evil-crm.internal")).toBe(false);
  expect(allowedAddresses(["10.0.0.0/99"])).toBeUndefined();
  expect(allowedAddresses(["two words"])).toBeUndefined();
});

const v4 = (address: string): Resolved => ({ address, family: 4 });

test("YA20 a name of which one address is private is refused whole", async () => {
  const resolve = async () => [v4("93.184.216.34"), v4("10.0.0.1")];
  await expect(reachable("app.example", resolve, NOTHING_ALLOWED)).rejects.toMatchObject({ kind: "misconfigured" });
});

/** A server of this machine that must not be reached, with how often it was. */
async function aServer() {
  const calls: string[] = [];
  const server = createServer((request, response) => {
    calls.push(request.url ?? "");
    if (request.url === "/away") response.writeHead(302, { location: "http://127.0.0.1/inside" });
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port, calls, close };
}

test("YA22 a name is judged by what it leads to in the moment of connecting", async () => {
  const server = await aServer();
  const answers = [[v4("93.184.216.34")], [v4("127.0.0.1")]];
  // Judged once when it was typed in, it led to the open internet; now it leads here.
  const resolve = async () => answers.pop() ?? [];
  const agent = guardedAgent({ resolve, allowed: NOTHING_ALLOWED });
  const origin = `http://rebind.example:${server.port}`;
  const failure = await agent.request({ origin, path: "/", method: "GET" }).catch((thrown: unknown) => thrown);
  expect(failure).toBeInstanceOf(Failure);
  expect(String(failure)).toContain("KITH_ALLOWED_ADDRESSES");
  expect(server.calls).toEqual([]);
  await agent.destroy();
  await server.close();
});

test.each(["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "0x7f.1"])(
  "YA22 %s is not reached, however it is written",
  async (host) => {
    const server = await aServer();
    const agent = guardedAgent({ resolve: async () => [v4("127.0.0.1")], allowed: NOTHING_ALLOWED });
    const { origin } = new URL(`http://${host}:${server.port}`);
    await expect(agent.request({ origin, path: "/", method: "GET" })).rejects.toMatchObject({ kind: "misconfigured" });
    expect(server.calls).toEqual([]);
    await agent.destroy();
    await server.close();
  },
);

test("YA22 what the operator allows is reached, and a redirect from there leads nowhere", async () => {
  const server = await aServer();
  const agent = guardedAgent({ resolve: async () => [v4("127.0.0.1")], allowed: allowing("crm.internal") });
  const origin = `http://crm.internal:${server.port}`;
  const answer = await agent.request({ origin, path: "/away", method: "GET" });
  expect(answer.statusCode).toBe(302);
  await answer.body.dump();
  expect(server.calls).toEqual(["/away"]);
  await agent.destroy();
  await server.close();
});
