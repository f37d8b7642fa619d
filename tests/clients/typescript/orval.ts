import * as todos from "./api/orval/todos.ts";
import * as zod from "./api/orval/todos.zod.ts";
import { camel, pascal, serve, type Exports } from "./wire.ts";

type Operation = (...given: unknown[]) => Promise<{ status: number; data: unknown; stream?: Response }>;
interface Schema {
  parse(value: unknown): unknown;
}

await serve(async ({ operation, path, query, headers, body }) => {
  const schema = (part: string) => (zod as Exports)[`${pascal(operation)}${part}`] as Schema | undefined;
  const send = (todos as Exports)[camel(operation)] as Operation;
  const given = Object.values(path) as unknown[];
  if (body !== undefined) given.push(schema("Body")?.parse(body) ?? body);
  if (schema("QueryParams") !== undefined) given.push(query);
  const { status, data, stream } = await send(...given, { headers });
  if (stream !== undefined) return { status, body: await stream.text() };
  return { status, body: status < 300 && status !== 204 ? (schema("Response")?.parse(data) ?? data) : data };
});
