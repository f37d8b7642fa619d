import createClient from "openapi-fetch";
import type { paths } from "./api/schema.d.ts";
import { serve } from "./wire.ts";

const client = createClient<paths>({ baseUrl: process.env.API_URL });

await serve(async ({ method, route, path, query, headers, body }) => {
  const parseAs = route.endsWith("/export") ? "text" : "json";
  const form = route.endsWith("/token") ? { "Content-Type": "application/x-www-form-urlencoded" } : {};
  const sent = { params: { path, query }, headers: { ...headers, ...form }, body, parseAs };
  // Which of the operations it is, is known only now: the compiler sees typed calls in the snippets of the documentation.
  const { data, error, response } = await client.request(method as "get", route as "/api/todos", sent as never);
  return { status: response.status, body: data ?? error };
});
