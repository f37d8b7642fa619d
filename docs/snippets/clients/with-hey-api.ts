import { client } from "./api/hey-api/client.gen.ts";
import { todoKitCreateTodo, todoKitUpdateTodo } from "./api/hey-api/sdk.gen.ts";

client.setConfig({ baseUrl: process.env.API_URL, auth: () => process.env.TOKEN });

const { data: todo, error } = await todoKitCreateTodo({
  body: { title: "Renew the passport", due: { datetime: "2031-01-11T09:00:00", timezone: "Europe/Berlin" } },
});
if (!todo) throw new Error(`${error?.code}: ${error?.detail} (${error?.request_id})`);

// Only a time with a zone is a moment; one without is a wall clock wherever its reader is, and a date a whole day.
if (todo.due && "timezone" in todo.due) console.log(todo.title, todo.due.datetime, todo.due.timezone);

const changed = await todoKitUpdateTodo({
  path: { todo_id: todo.id },
  headers: { "If-Match": `"${todo.version}"` },
  body: { due: null },
});
console.log(changed.data?.due);
