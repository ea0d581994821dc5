export { createMetrics, type DueByWorkspace, type Metrics } from "./metrics.ts";
