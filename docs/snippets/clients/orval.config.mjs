const input = "openapi.json";

export default {
  todos: { input, output: { client: "fetch", target: "api/orval/todos.ts", baseUrl: { runtime: "process.env.API_URL" } } },
  zod: { input, output: { client: "zod", target: "api/orval/todos.zod.ts" } },
};
