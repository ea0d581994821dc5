import { trustmaryWorld } from "../../test/trustmaryWorld.ts";
import { describeConnector } from "../conformance.ts";
import { trustmary } from "./index.ts";

describeConnector({
  connector: trustmary,
  pageSize: 1_000,
  pageOverlap: 10,
  makeWorld: trustmaryWorld,
  access: { allowance: { requestsPerMinute: 12 }, probe: () => "/test" },
  foundBy: ["email"],
  kept: ["type"],
  sample: {
    fullName: "Zoë van der Berg",
    email: "zoe@example.com",
    phone: "+358501112233",
    companyName: "Harbour Bakery",
    type: "customer",
    externalId: "person-1",
    "custom.plan": "gold",
    "custom.city": "Porto",
  },
  others: {
    fullName: "Ana Silva",
    phone: "+358501112244",
    companyName: "Hill Bakery",
    type: "employee",
    externalId: "person-2",
    "custom.plan": "silver",
    "custom.city": "Lisboa",
    email: "ana@example.com",
  },
});
