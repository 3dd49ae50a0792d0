import { icon } from "../common/icons.ts";
import { told } from "../common/states.ts";
import { show } from "../common/time.ts";
import { html, type TemplateResult } from "../common/view.ts";
import { recipient } from "./branches.ts";

/** The zone of the branch or the lecturer: its lectures, messages and times are in it. */
export function zone(): string {
  return recipient()?.zone ?? "Asia/Shanghai";
}

export function moment(at: string): string {
  return show.moment(at, zone());
}

export function backLink(href: string, label: string): TemplateResult {
  return html`
    <a class="back" href="${href}">${icon("left")}${label}</a>
  `;
}

/** A text of the service in which addresses can be followed. */
export function linked(text: string): unknown[] {
  return text.split(/(https?:\/\/[^\s<>"'，。；）)]+)/).map((part, index) =>
    index % 2 === 0 ? part : html`
      <a href="${part}" target="_blank" rel="noopener noreferrer">${part}</a>
    `
  );
}

/** Only addresses of the web are links; anything else is shown as a text. */
export function webLink(address: string): TemplateResult | string {
  return /^https?:\/\//.test(address)
    ? html`
      <a href="${address}" target="_blank" rel="noopener noreferrer">${address}</a>
    `
    : address;
}

/** What went wrong, in the words of the service, with its way out. */
export function problem(error: unknown): TemplateResult {
  const { title, detail } = told(error);
  return html`
    <div class="callout bad" role="alert"><div><strong>${title}</strong><br>${detail}</div></div>
  `;
}
