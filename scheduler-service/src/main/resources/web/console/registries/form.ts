import { toast } from "../../common/announce.ts";
import { areaField, field, selectField, textField } from "../../common/forms.ts";
import { Load, told } from "../../common/states.ts";
import { common } from "../../common/texts.ts";
import { define, html, nothing, type PropertyValues, type TemplateResult, View } from "../../common/view.ts";
import { change, newKey, type Path, read, readAll, type Reply } from "../api.ts";
import type { Ref } from "../booking.ts";
import { decide } from "../decide.ts";
import { learn, type Registry } from "../names.ts";
import type { Part } from "../../common/paged.ts";
import { isRefusal, RefusedProblem } from "../../common/problem.ts";
import { sent } from "../reason/model.ts";
import { go, here, to } from "../../common/router.ts";
import { side } from "../side.ts";
import { type Consequences, drawn } from "./consequences.ts";
import { body, KINDS, nameOf, type Spec, type Thing, type Values, values } from "./kinds.ts";
import { t } from "./texts.ts";

/** The form of a thing, new or known. What was typed stays through every refusal. */
class Form extends View {
  static override properties = { kind: {}, thing: {} };

  declare kind: Registry;
  declare thing: string;

  #typed: Values = {};
  #etag: string | undefined;
  #error: unknown;
  #busy = false;
  #topics: { id: string; title: string }[] = [];
  /** What is typed in the field of a branch, and the branches offered for it. */
  #branch = "";
  #offered: Ref[] = [];
  #search: ReturnType<typeof setTimeout> | undefined;

  #one = new Load<Values>(this, async (signal) => {
    const specs = KINDS[this.kind];
    if (this.kind === "lecturers") this.#topics = await readAll("/api/v1/topics", {}, signal);
    if (this.thing === "new") {
      this.#typed = values(specs, {});
    } else {
      const { data, etag } = await read<Thing>(`/api/v1/${this.kind}/${this.thing}`, {}, signal);
      this.#typed = values(specs, data);
      this.#etag = etag;
    }
    const above = this.#typed["parentId"] || this.#typed["branchId"];
    if (above) this.#branch = label((await read<Ref>(`/api/v1/branches/${above}`, {}, signal)).data);
    return this.#typed;
  });

  override willUpdate(changed: PropertyValues): void {
    if (changed.has("thing") || changed.has("kind")) {
      this.#error = undefined;
      this.#branch = "";
      void this.#one.run(true).then(() => this.updateComplete).then(() => this.querySelector<HTMLElement>("input")?.focus());
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#search);
  }

  override render(): unknown {
    const heading = this.thing === "new" ? t.add[this.kind] : `${t.edit}: ${t.one[this.kind]}`;
    return side(heading, this.#back(), this.#one.render(() => this.#draw(), 10));
  }

  #back(): string {
    return this.thing === "new" ? to(`registries/${this.kind}`) : here({ edit: undefined });
  }

  #draw(): TemplateResult {
    const specs = KINDS[this.kind];
    const plain = specs.filter((each) => !/itude$/.test(each.name));
    const pair = specs.filter((each) => /itude$/.test(each.name));
    return html`
      <form class="form" novalidate @submit="${(e: Event) => {
        e.preventDefault();
        void this.#save();
      }}">
        ${plain.map((each) => this.#field(each))} ${pair.length > 0
          ? html`
            <div class="pair">${pair.map((each) => this.#field(each))}</div>
          `
          : nothing} ${this.#refusal()}
        <div class="foot">
          <a class="button" href="${this.#back()}">${common.cancel}</a>
          <button class="primary" ?disabled="${this.#busy}">${t.save}</button>
        </div>
      </form>
    `;
  }

  #refusal(): unknown {
    if (!this.#error) return nothing;
    if (isRefusal(this.#error, "stale-version")) {
      return html`
        <div class="callout warn" role="alert">
          <span class="grow">${t.changedMeanwhile}</span>
          <button type="button" @click="${() => void this.#one.run(true)}">${t.takeTheirs}</button>
          <button type="button" @click="${() => void this.#saveOver()}">${t.keepMine}</button>
        </div>
      `;
    }
    const { title, detail } = told(this.#error);
    return html`
      <div class="callout bad" role="alert"><div><strong>${title}</strong><br>${detail}</div></div>
    `;
  }

  #set = (name: string, value: string): void => {
    this.#typed = { ...this.#typed, [name]: value };
    this.requestUpdate();
  };

  #field(spec: Spec): TemplateResult {
    const { name } = spec;
    const base = {
      name,
      label: t.fields[name] ?? name,
      required: !!spec.required,
      error: this.#error instanceof RefusedProblem ? this.#error.errorOf(name) : undefined,
      ...(t.hints[name] && { hint: t.hints[name] }),
    };
    const value = this.#typed[name] ?? "";
    const onInput = (text: string) => this.#set(name, text);
    switch (spec.type) {
      case "area":
        return areaField({ ...base, value, onInput });
      case "check":
        return html`
          <label class="row"><input type="checkbox" name="${name}" .checked="${value === "true"}" @change="${(e: Event) =>
            onInput(String((e.target as HTMLInputElement).checked))}"> ${base.label}</label>
        `;
      case "select": {
        const options = [...new Set([...(spec.options ?? []), ...(value ? [value] : [])])];
        return selectField({
          ...base,
          value,
          options: [{ value: "", label: t.choose }, ...options.map((each) => ({ value: each, label: t.words[each] ?? each }))],
          onChange: onInput,
        });
      }
      case "topics":
        return this.#picks(base.label, name, value);
      case "branch":
        return this.#branchField(base, name);
      default:
        return textField({
          ...base,
          value,
          type: spec.type === "number" ? "text" : spec.type,
          onInput,
        });
    }
  }

  #picks(label: string, name: string, value: string): TemplateResult {
    const chosen = new Set(value.split(",").filter(Boolean));
    return html`
      <fieldset>
        <legend>${label}</legend>
        <div class="picks">${this.#topics.map((each) =>
          html`
            <label class="row"><input type="checkbox" .checked="${chosen.has(each.id)}" @change="${(e: Event) => {
              if ((e.target as HTMLInputElement).checked) chosen.add(each.id);
              else chosen.delete(each.id);
              this.#set(name, [...chosen].join());
            }}"> ${each.title}</label>
          `
        )}</div>
      </fieldset>
    `;
  }

  /** A branch is found by what is typed; what is typed and none of the list is said, not guessed. */
  #branchField(base: { name: string; label: string; hint?: string; error: string | undefined }, name: string): TemplateResult {
    const open = !!this.#branch && !this.#typed[name];
    return field({ ...base, error: base.error ?? (open ? t.notOne : undefined) }, (a) =>
      html`
        <input
          id="${a.id}"
          name="${name}"
          list="branches-offered"
          autocomplete="off"
          .value="${this.#branch}"
          aria-describedby="${a.describedBy}"
          aria-invalid="${a.invalid}"
          @input="${(e: Event) => this.#typedBranch(name, (e.target as HTMLInputElement).value)}"
        >
        <datalist id="branches-offered">${this.#offered.map((each) =>
          html`
            <option value="${label(each)}"></option>
          `
        )}</datalist>
      `);
  }

  #typedBranch(name: string, text: string): void {
    this.#branch = text;
    this.#set(name, this.#offered.find((each) => label(each) === text)?.id ?? "");
    clearTimeout(this.#search);
    if (text && !this.#typed[name]) {
      this.#search = setTimeout(async () => {
        const { data } = await read<Part<Ref>>("/api/v1/branches", { q: text.replace(/ · .*$/, ""), limit: 20 });
        this.#offered = data.items;
        this.#set(name, this.#offered.find((each) => label(each) === this.#branch)?.id ?? "");
      }, 200);
    }
  }

  /** Overwrites the version of another person, after the user has decided that. */
  async #saveOver(): Promise<void> {
    this.#etag = (await read<Thing>(`/api/v1/${this.kind}/${this.thing}`)).etag;
    await this.#save();
  }

  /** Changes a thing. First the consequences for booked lectures are shown, if there are any. */
  async #put(request: unknown): Promise<Reply<Thing> | undefined> {
    const path: Path = `/api/v1/${this.kind}/${this.thing}`;
    const send = () => change<Thing>("PUT", path, request, { etag: this.#etag });
    if (this.kind !== "lecturers" && this.kind !== "venues") return await send();
    const { data } = await change<Thing>("PUT", path, request, { etag: this.#etag, query: { dryRun: true } });
    const affected = data["consequences"] as Consequences | undefined;
    const outdated = (data["outdatedBookings"] as { count: number } | undefined)?.count ?? 0;
    if (!affected?.count && outdated === 0) return await send();
    return await decide({
      heading: t.confirmChange(nameOf(data)),
      body: html`
        ${affected?.count ? drawn(affected) : nothing} ${outdated > 0
          ? html`
            <p>${t.willBeOutdated(outdated)}</p>
          `
          : nothing}
      `,
      confirm: t.save,
      send,
    });
  }

  async #save(): Promise<void> {
    if (this.#branch && !this.#typed["parentId"] && !this.#typed["branchId"]) {
      this.querySelector<HTMLElement>("[list]")?.focus();
      return;
    }
    this.#busy = true;
    this.#error = undefined;
    this.requestUpdate();
    const request = body(KINDS[this.kind], this.#typed);
    try {
      const reply = this.thing === "new"
        ? await change<Thing>("POST", `/api/v1/${this.kind}`, request)
        : await this.#put(request);
      if (!reply) return; // the person went back to the form
      const { data } = reply;
      learn(this.kind, { id: data.id, code: data.code, name: nameOf(data) });
      const outdated = data["outdatedBookings"] as { count: number } | undefined;
      toast(
        outdated?.count
          ? { text: t.outdated(outdated.count), action: { label: t.renotify, run: () => void renotify(this.kind, data) } }
          : this.thing === "new"
          ? t.created
          : t.saved,
      );
      this.dispatchEvent(new Event("changed", { bubbles: true }));
      go(to(`registries/${this.kind}/${data.id}`), { replace: true });
    } catch (error) {
      this.#error = error;
      await this.updateComplete;
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}

/** Tells the branches of upcoming lectures what a lecturer, topic or venue is called now. */
async function renotify(kind: Registry, thing: Thing): Promise<void> {
  const key = newKey();
  const member = { lecturers: "lecturerId", topics: "topicId", venues: "venueId", branches: "branchId" }[kind];
  const done = await decide({
    heading: t.renotify,
    body: html`
      <p>${t.renotifyBody}</p>
    `,
    reason: t.renotifyReason,
    coded: true,
    confirm: t.renotify,
    send: (_, reason) => change("POST", "/api/v1/bookings/renotify", { [member]: thing.id, ...sent(reason) }, { key }),
  });
  if (done) toast(t.renotified);
}

function label(of: Ref): string {
  return `${of.code} · ${of.name}`;
}

define("lectern-registry-form", Form);
