/** A row of a CSV file as it stands there, with the line that a person counts; a quoted cell may hold line breaks. */
export interface Row {
  line: number;
  text: string;
}

export function rows(text: string): Row[] {
  const found: Row[] = [];
  let quoted = false;
  let line = 1;
  let start = 0;
  let first = 1;
  for (let i = 0; i <= text.length; i++) {
    const at = text[i];
    if (at === '"') quoted = !quoted;
    if (i === text.length || (at === "\n" && !quoted)) {
      if (i > start || at === "\n") found.push({ line: first, text: text.slice(start, i).replace(/\r$/, "") });
      start = i + 1;
      first = line + 1;
    }
    if (at === "\n") line++;
  }
  return found;
}

/** The file with rows replaced; an undefined text leaves its row out. */
export function repaired(text: string, changes: Map<number, string | undefined>): string {
  return rows(text)
    .filter(({ line }) => !(changes.has(line) && changes.get(line) === undefined))
    .map(({ line, text: own }) => changes.get(line) ?? own)
    .join("\n");
}

/** The text of a file as spreadsheets write it: UTF-8, UTF-16 with its mark, or GB18030. */
export function decoded(bytes: Uint8Array): string {
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return new TextDecoder(bytes[0] === 0xff ? "utf-16le" : "utf-16be").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("gb18030").decode(bytes);
  }
}

/** The character between the cells: that of a first line `sep=;`, otherwise the most frequent one of the header. */
export function separator(all: readonly Row[]): string {
  const told = /^sep=(.)$/i.exec(all[0]?.text ?? "");
  if (told) return told[1]!;
  const header = cells(all[0]?.text ?? "", "\u0000").join("");
  const count = (sign: string) => header.split(sign).length;
  return [",", ";", "\t"].reduce((best, sign) => count(sign) > count(best) ? sign : best);
}

/** The header and the rows below it, without what says how the file is written. */
export function parts(all: readonly Row[]): { header: Row | undefined; below: Row[] } {
  const shown = all.filter((row, i) => !(i === 0 && /^sep=.$/i.test(row.text)) && row.text.trim() !== "");
  return { header: shown[0], below: shown.slice(1) };
}

export function cells(text: string, between: string): string[] {
  const found: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const at = text[i]!;
    if (quoted && at === '"' && text[i + 1] === '"') {
      cell += at;
      i++;
    } else if (at === '"' && (quoted || cell === "")) {
      quoted = !quoted;
    } else if (at === between && !quoted) {
      found.push(cell);
      cell = "";
    } else {
      cell += at;
    }
  }
  return [...found, cell];
}

/** The row with another text in one cell; the other cells stay as they are. */
export function withCell(text: string, between: string, index: number, value: string): string {
  const all = cells(text, between);
  while (all.length <= index) all.push("");
  all[index] = value;
  const special = new RegExp(`["\\r\\n${between === "\t" ? "\\t" : between}]`);
  return all.map((cell) => special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell).join(between);
}
