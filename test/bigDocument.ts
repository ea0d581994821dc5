/** A document of so many requests, five to a collection, with references and one shape that holds itself. */
export function bigDocument(operations: number): string {
  const answer = (schema: object) => ({ 200: { description: "ok", content: { "application/json": { schema } } } });
  const id = { name: "id", in: "path", required: true, schema: { type: "string" } };
  const paths: Record<string, unknown> = {};
  const schemas: Record<string, unknown> = {};
  for (let place = 0; place < operations / 5; place += 1) {
    const [name, ref] = [`thing${place}`, { $ref: `#/components/schemas/Thing${place}` }];
    const body = { content: { "application/json": { schema: ref } } };
    const fields = Object.fromEntries(Array.from({ length: 30 }, (_, one) => [`field_${one}`, { type: "string" }]));
    schemas[`Thing${place}`] = { type: "object", properties: { id: { type: "string" }, ...fields, inside: ref } };
    paths[`/${name}s`] = {
      get: { operationId: `list-${name}`, responses: answer({ type: "array", items: ref }) },
      post: { operationId: `create-${name}`, requestBody: body, responses: answer(ref) },
    };
    paths[`/${name}s/{id}`] = {
      parameters: [id],
      get: { operationId: `read-${name}`, responses: answer(ref) },
      patch: { operationId: `change-${name}`, requestBody: body, responses: answer(ref) },
      delete: { operationId: `remove-${name}`, responses: { 204: { description: "gone" } } },
    };
  }
  const servers = [{ url: "https://big.example/v1" }];
  return JSON.stringify({
    openapi: "3.0.3",
    info: { title: "Big", version: "1" },
    servers,
    paths,
    components: { schemas },
  });
}
