import { client } from "./api/hey-api/client.gen.ts";
import * as sdk from "./api/hey-api/sdk.gen.ts";
import * as zod from "./api/hey-api/zod.gen.ts";
import { camel, pascal, serve, type Exports } from "./wire.ts";

type Operation = (options: object) => Promise<{ data?: unknown; error?: unknown; response?: Response }>;
interface Schema {
  parse(value: unknown): unknown;
}

/** Operations without parameters refuse even an empty object. */
const filled = (values: object) => (Object.keys(values).length > 0 ? values : undefined);

client.setConfig({ baseUrl: process.env.API_URL });

await serve(async ({ operation, path, query, headers, body }) => {
  const schema = (part: string) => (zod as Exports)[`z${pascal(operation)}${part}`] as Schema | undefined;
  const send = (sdk as Exports)[camel(operation)] as Operation;
  // What zod keeps of a value is what somebody works with who parses: nothing may be missing there.
  const sent = body === undefined ? body : schema("Body")!.parse(body);
  const parseAs = operation.endsWith("_export_me") ? "text" : "auto";
  const options = { path: filled(path), query: filled(query), headers, body: sent, parseAs };
  const { data, error, response } = await send(options);
  if (response === undefined) throw error;
  const parsed = () => (error ? zod.zProblem.parse(error) : (schema("Response")?.parse(data) ?? data));
  return { status: response.status, body: response.status === 204 ? undefined : parsed() };
});
