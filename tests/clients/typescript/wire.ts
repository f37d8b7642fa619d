// What the scenario wants sent, one JSON object in each line, and what a client made of the answer.
import { createInterface } from "node:readline";

export interface Call {
  operation: string;
  method: string;
  route: string;
  path: Record<string, string>;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body?: unknown;
}

export interface Answer {
  status: number;
  body: unknown;
}

/** What a generated module exports, by its names. */
export type Exports = Record<string, unknown>;

/** `create_todo` as `createTodo`, or with a capital as `CreateTodo`. */
export const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
export const pascal = (name: string): string => camel(`_${name}`);

export async function serve(send: (call: Call) => Promise<Answer>): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await send(JSON.parse(line)).catch((error: unknown) => ({ failure: String(error) }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
}
