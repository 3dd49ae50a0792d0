/** How a lecture can be held, as the organization configures it. */
export interface Format {
  code: string;
  name: string;
  /** Over a join link; it needs no venue. */
  remote: boolean;
}

let known: readonly Format[] = [];

/** Keeps the configured formats, in the order in which people choose. */
export function know(formats: readonly Format[]): void {
  known = formats;
}

const find = (code: string) => known.find((each) => each.code === code);

/** The name of a format as a label; its code as long as no name is known. */
export function formatName(code: string): string {
  const name = find(code)?.name;
  return name ? name.charAt(0).toUpperCase() + name.slice(1) : code;
}

/** Whether a lecture of this format has a join link instead of a venue. */
export function isRemote(code: string): boolean {
  return find(code)?.remote ?? false;
}

/** The format that forms begin with: this one, or the first one that is configured if it is not. */
export function usualFormat(code = "lecture"): string {
  return find(code) ? code : known[0]?.code ?? code;
}
