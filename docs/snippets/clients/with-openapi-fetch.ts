import createClient from "openapi-fetch";
import type { paths } from "./api/schema.d.ts";

const client = createClient<paths>({
  baseUrl: process.env.API_URL,
  headers: { Authorization: `Bearer ${process.env.TOKEN}` },
});

const { data: todo, error } = await client.POST("/api/todos", {
  body: { title: "Renew the passport", due: { datetime: "2031-01-11T09:00:00", timezone: "Europe/Berlin" } },
});
if (error) throw new Error(`${error.code}: ${error.detail} (${error.request_id})`);

// Only a time with a zone is a moment; one without is a wall clock wherever its reader is, and a date a whole day.
if (todo.due && "timezone" in todo.due) console.log(todo.title, todo.due.datetime, todo.due.timezone);

const changed = await client.PATCH("/api/todos/{todo_id}", {
  params: { path: { todo_id: todo.id }, header: { "If-Match": `"${todo.version}"` } },
  body: { due: null },
});
console.log(changed.data?.due);
