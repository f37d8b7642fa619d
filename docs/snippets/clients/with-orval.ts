import { todoKitCreateTodo, todoKitUpdateTodo } from "./api/orval/todos.ts";

const headers = { Authorization: `Bearer ${process.env.TOKEN}` };

const made = await todoKitCreateTodo(
  { title: "Renew the passport", due: { datetime: "2031-01-11T09:00:00", timezone: "Europe/Berlin" } },
  undefined,
  { headers },
);
if (made.status !== 201 && made.status !== 200) throw new Error(`${made.data.code}: ${made.data.detail}`);
const todo = made.data;

// Only a time with a zone is a moment; one without is a wall clock wherever its reader is, and a date a whole day.
if (todo.due && "timezone" in todo.due) console.log(todo.title, todo.due.datetime, todo.due.timezone);

const ifMatch = { ...headers, "If-Match": `"${todo.version}"` };
const changed = await todoKitUpdateTodo(todo.id, { due: null }, undefined, { headers: ifMatch });
if (changed.status === 200) console.log(changed.data.due);
