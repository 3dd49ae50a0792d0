/** One member that a change gave another value. */
export interface Difference {
  name: string;
  before: unknown;
  after: unknown;
}

const SILENT = new Set(["id", "version", "updatedAt", "createdAt", "warnings", "reason", "reasonCode"]);

/** The members that differ, in the order of the later state. What was absent and what is absent count as nothing. */
export function differences(
  before: Record<string, unknown> | undefined,
  after: Record<string, unknown> | undefined,
): Difference[] {
  if (!before) return [];
  const names = [...new Set([...Object.keys(after ?? {}), ...Object.keys(before)])];
  return names
    .filter((name) => !SILENT.has(name) && !same(before[name], after?.[name]))
    .map((name) => ({ name, before: before[name], after: after?.[name] }));
}

function same(a: unknown, b: unknown): boolean {
  return plain(a) === plain(b);
}

/** Values compare by content, and members of objects in any order. */
function plain(value: unknown): string {
  if (value === undefined || value === null || value === "") return "";
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
  if (typeof value === "object") {
    return `{${
      Object.entries(value).filter(([, v]) => v !== undefined && v !== null).sort(([a], [b]) => a < b ? -1 : 1)
        .map(([k, v]) => `${k}:${plain(v)}`).join()
    }}`;
  }
  return String(value);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** A value in words; `name` resolves identifiers, `moment` writes times. */
export function written(
  value: unknown,
  say: { nothing: string; yes: string; no: string; moment: (at: string) => string; name: (id: string) => string | undefined },
): string {
  if (value === undefined || value === null || value === "") return say.nothing;
  if (typeof value === "boolean") return value ? say.yes : say.no;
  if (Array.isArray(value)) {
    return value.length === 0 ? say.nothing : value.map((each) => written(each, say)).join("; ");
  }
  if (typeof value === "object") {
    const of = value as Record<string, unknown>;
    const named = of["name"] ?? of["title"];
    if (named) return of["code"] ? `${named} (${of["code"]})` : String(named);
    return Object.values(of).filter((each) => each !== undefined && each !== null).map((each) => written(each, say)).join(" ");
  }
  const text = String(value);
  return INSTANT.test(text) ? say.moment(text) : say.name(text) ?? text;
}
