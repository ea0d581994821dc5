export { createDirectory, type Destination, type Directory } from "./directory.ts";
export {
  type Arrival,
  BODY_BYTES_MAX,
  createIntake,
  type Intake,
  type ToldInstallation,
  VERDICTS,
  type Verdict,
} from "./intake.ts";
export { serveWebhooks } from "./routes.ts";
