export default {
  input: "openapi.json",
  // With an ending, Node can run what is generated as it is. A bundler needs none.
  output: { path: "api/hey-api", module: { extension: ".ts" } },
  plugins: ["@hey-api/typescript", "@hey-api/client-fetch", "zod", { name: "@hey-api/sdk", validator: true }],
};
