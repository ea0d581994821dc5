import { parseArgs } from "node:util";
import { createDaybook } from "./app.ts";

/**
 * Starts Daybook: `node examples/your-app/main.ts [--port 4700] [--file daybook.db] [--key KEY] [--people 20]`.
 * Prints one line of JSON when it is ready; `--tied` ends it when its input ends.
 */
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4700" },
    file: { type: "string", default: ":memory:" },
    key: { type: "string", default: "daybook-example-key" },
    people: { type: "string", default: "0" },
    webhook: { type: "string" },
    secret: { type: "string", default: "daybook-example-secret" },
    tied: { type: "boolean", default: false },
  },
});

const TELL_EVERY_MS = 200;

const daybook = createDaybook({
  file: values.file,
  apiKey: values.key,
  now: Date.now,
  send: async (url, body, headers) => {
    try {
      const answer = await fetch(url, {
        method: "POST",
        body,
        headers: { "content-type": "application/json", ...headers },
      });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      // Nobody answered; it is tried again.
      return 0;
    }
  },
});
if (values.webhook !== undefined) daybook.webhooks.subscribe({ url: values.webhook, secret: values.secret });
for (let place = 1; place <= Number(values.people); place += 1) {
  daybook.database.add("people", {
    given_name: ["Ines", "Tomas", "Aiko", "Femi", "Lena"][place % 5],
    family_name: `Example ${place}`,
    contact: { email: `visitor${place}@daybook.example`, phone: `+1201555${String(1_000 + place)}` },
    labels: ["visitor"],
  });
}

let timer: NodeJS.Timeout | undefined;
const tell = async (): Promise<void> => {
  await daybook.webhooks.deliver();
  timer = setTimeout(() => void tell(), TELL_EVERY_MS);
};
void tell();

const url = await daybook.app.listen({ host: "127.0.0.1", port: Number(values.port) });
const end = (): void => {
  clearTimeout(timer);
  void daybook.app.close().finally(() => process.exit(0));
};
process.once("SIGINT", end);
process.once("SIGTERM", end);
if (values.tied) process.stdin.once("end", end).resume();
process.stdout.write(`${JSON.stringify({ kind: "ready", url, apiKey: values.key, secret: values.secret })}\n`);
