import type { Registry } from "../names.ts";

/** A thing of a registry; which members it has depends on its registry. */
export interface Thing {
  id: string;
  version: number;
  code: string;
  name?: string;
  title?: string;
  archived?: boolean;
  [member: string]: unknown;
}

export type FieldType = "text" | "area" | "number" | "check" | "select" | "branch" | "topics" | "email" | "tel" | "url";

/** A field of a form. The name is the path in the request, so that pointers of a refusal find it. */
export interface Spec {
  name: string;
  type: FieldType;
  required?: boolean;
  /** The usual values; a value of another configuration is kept. */
  options?: string[];
}

const place = (of: string): Spec[] => [
  { name: `${of}/address`, type: "text" },
  { name: `${of}/latitude`, type: "number" },
  { name: `${of}/longitude`, type: "number" },
];

const code: Spec = { name: "code", type: "text", required: true };
const name: Spec = { name: "name", type: "text", required: true };

export const KINDS: Record<Registry, Spec[]> = {
  lecturers: [
    code,
    name,
    {
      name: "tier",
      type: "select",
      required: true,
      options: ["national", "provincial", "municipal", "county", "grassroots"],
    },
    { name: "topicIds", type: "topics" },
    { name: "phone", type: "tel" },
    { name: "email", type: "email" },
    { name: "locale", type: "select", options: ["zh-CN", "en"] },
    { name: "zone", type: "text" },
    ...place("home"),
  ],
  branches: [
    code,
    name,
    {
      name: "kind",
      type: "select",
      required: true,
      options: ["city", "county", "township", "village", "community", "enterprise", "college", "agency", "hall", "grid"],
    },
    { name: "parentId", type: "branch" },
    { name: "headCount", type: "number" },
    { name: "parallel", type: "check" },
    { name: "locale", type: "select", options: ["zh-CN", "en"] },
    { name: "zone", type: "text" },
    ...place("place"),
  ],
  venues: [
    code,
    name,
    { name: "kind", type: "select", required: true, options: ["branch-room", "lecture-hall"] },
    { name: "branchId", type: "branch" },
    { name: "capacity", type: "number" },
    ...place("place"),
  ],
  topics: [
    code,
    { name: "title", type: "text", required: true },
    { name: "durationMinutes", type: "number", required: true },
    { name: "description", type: "area" },
    { name: "materialUrl", type: "url" },
  ],
};

/** What is typed, by field; `topicIds` is a list with commas between. */
export type Values = Record<string, string>;

export function values(specs: Spec[], thing: Record<string, unknown>): Values {
  const found: Values = {};
  for (const { name, type } of specs) {
    const value = name.split("/").reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], thing);
    found[name] = type === "topics"
      ? ((value as string[] | undefined) ?? []).join()
      : value === undefined || value === null
      ? ""
      : String(value);
  }
  return found;
}

/**
 * The request that these values make. What is empty is absent; what is no number is sent as typed, for the API to
 * refuse.
 */
export function body(specs: Spec[], typed: Values): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const { name, type } of specs) {
    const text = (typed[name] ?? "").trim();
    const value = type === "topics"
      ? text.split(",").filter(Boolean)
      : type === "check"
      ? text === "true"
      : text === ""
      ? undefined
      : type === "number" && !Number.isNaN(Number(text))
      ? Number(text)
      : text;
    if (value === undefined) continue;
    const [first, second] = name.split("/") as [string, string | undefined];
    if (second) request[first] = { ...(request[first] as object | undefined), [second]: value };
    else request[first] = value;
  }
  return request;
}

export function nameOf(thing: Thing): string {
  return thing.title ?? thing.name ?? thing.code;
}
