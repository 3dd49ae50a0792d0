import { html, nothing, type TemplateResult } from "./view.ts";

export interface Column<T> {
  heading: string;
  cell: (item: T) => unknown;
  number?: boolean;
}

/** A table with a caption; its rows are links or buttons inside cells, never clickable rows alone. */
export function table<T>(of: { caption: string; columns: Column<T>[]; items: readonly T[] }): TemplateResult {
  return html`
    <div class="table-frame" tabindex="0" role="region" aria-label="${of.caption}">
      <table>
        <caption class="hidden">${of.caption}</caption>
        <thead><tr>${of.columns.map((column) =>
          html`
            <th scope="col" class="${column.number ? "number" : nothing}">${column.heading}</th>
          `
        )}</tr></thead>
        <tbody>${of.items.map((item) =>
          html`
            <tr>${of.columns.map((column) =>
              html`
                <td class="${column.number ? "number" : nothing}">${column.cell(item)}</td>
              `
            )}</tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

export interface Tab {
  label: string;
  href: string;
  current: boolean;
}

/** Tabs are links: the URL says which one is open. */
export function tabs(label: string, items: Tab[]): TemplateResult {
  return html`
    <nav class="tabs" aria-label="${label}">${items.map((tab) =>
      html`
        <a href="${tab.href}" aria-current="${tab.current ? "page" : nothing}">${tab.label}</a>
      `
    )}</nav>
  `;
}

/** A set of links with one selected, drawn as one control. */
export function choice(label: string, items: Tab[]): TemplateResult {
  return html`
    <div class="group" role="group" aria-label="${label}">${items.map((each) =>
      html`
        <a class="button" href="${each.href}" aria-current="${each.current ? "true" : nothing}">${each.label}</a>
      `
    )}</div>
  `;
}
