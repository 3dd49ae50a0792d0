import { toast } from "../../common/announce.ts";
import { Load, told } from "../../common/states.ts";
import type { ReactiveControllerHost } from "../../common/view.ts";
import { read, readAll } from "../api.ts";
import type { Call, Campaign, Coverage, District, Item } from "./model.ts";
import { calls } from "./model.ts";
import type { State } from "./state.ts";

const PAGE = 60;

export interface Items {
  items: Item[];
  nextCursor?: string;
}

/** What the page of a campaign reads, each on its own, so that the figures do not wait for the map. */
export class Data {
  readonly campaign: Load<Campaign>;
  /** The whole campaign: the first level of the tree. */
  readonly root: Load<Coverage>;
  /** The selected district or branch. */
  readonly scope: Load<Coverage>;
  readonly items: Load<Items>;
  readonly calls: Load<Call[]>;
  /** All items of the district, for the map. */
  readonly places: Load<Item[]>;
  readonly below = new Map<string, District[]>();

  #host: ReactiveControllerHost;
  #state: () => State;
  #asked = new Map<Load<unknown>, string>();
  #opening = new Set<string>();

  constructor(host: ReactiveControllerHost, state: () => State) {
    this.#host = host;
    this.#state = state;
    const path = () => `/api/v1/campaigns/${encodeURIComponent(state().campaign ?? "")}` as const;
    this.campaign = new Load(host, async (signal) => (await read<Campaign>(path(), {}, signal)).data);
    this.root = new Load(host, async (signal) => (await read<Coverage>(`${path()}/coverage`, {}, signal)).data);
    this.scope = new Load(
      host,
      async (signal) => (await read<Coverage>(`${path()}/coverage`, { under: state().branch ?? state().under }, signal)).data,
    );
    const filter = () => {
      const { branch, under, item, topic } = state();
      return { under: branch ?? under, state: item, topicId: topic, sort: "STATE", limit: PAGE };
    };
    this.items = new Load(host, async (signal) => (await read<Items>(`${path()}/coverage/items`, filter(), signal)).data);
    this.calls = new Load(host, async (signal) => {
      const under = state().branch ?? state().under;
      const found = await Promise.all(
        ["NOTIFIED", "BOOKED"].map((each) => readAll<Item>(`${path()}/coverage/items`, { under, state: each }, signal)),
      );
      return calls(found.flat(), Date.now());
    });
    this.places = new Load(host, (signal) => readAll<Item>(`${path()}/coverage/items`, { under: state().under }, signal));
  }

  /** Asks what the URL asks for and what was not asked yet. */
  follow(): void {
    const { campaign, under, branch, item, topic, tab, map, open } = this.#state();
    if (!campaign) return;
    this.#ask(this.campaign, campaign);
    this.#ask(this.root, campaign, () => this.below.clear());
    if (branch ?? under) this.#ask(this.scope, [campaign, branch ?? under].join());
    if (tab === "items") this.#ask(this.items, [campaign, branch ?? under, item, topic].join());
    if (tab === "calls") this.#ask(this.calls, [campaign, branch ?? under].join());
    if (map) this.#ask(this.places, [campaign, under].join());
    for (const id of open) void this.#open(campaign, id);
  }

  #ask(load: Load<unknown>, question: string, forget = () => {}): void {
    if (this.#asked.get(load) === question) return;
    this.#asked.set(load, question);
    forget();
    void load.run(true);
  }

  async #open(campaign: string, id: string, again = false): Promise<void> {
    if ((!again && this.below.has(id)) || this.#opening.has(id)) return;
    this.#opening.add(id);
    try {
      const { data } = await read<Coverage>(`/api/v1/campaigns/${encodeURIComponent(campaign)}/coverage`, { under: id });
      if (this.#state().campaign === campaign) this.below.set(id, data.districts);
    } catch (error) {
      toast({ text: told(error).detail, kind: "bad" });
    } finally {
      this.#opening.delete(id);
      this.#host.requestUpdate();
    }
  }

  /** The name of a district in the tree, as far as it is loaded. */
  nameOf(id: string): string | undefined {
    return [this.root.data?.districts ?? [], ...this.below.values()].flat().find((each) => each.branch.id === id)?.branch.name;
  }

  /** Reads everything shown again, and keeps what was there until the answers have come. */
  refresh(): void {
    for (const load of this.#asked.keys()) if (!load.busy && load !== this.places) void load.run();
    const { campaign, open } = this.#state();
    for (const id of campaign ? open : []) void this.#open(campaign!, id, true);
  }

  async more(): Promise<void> {
    const before = this.items.data;
    const { campaign, branch, under, item, topic } = this.#state();
    if (!before?.nextCursor) return;
    const { data } = await read<Items>(`/api/v1/campaigns/${encodeURIComponent(campaign ?? "")}/coverage/items`, {
      under: branch ?? under,
      state: item,
      topicId: topic,
      sort: "STATE",
      limit: PAGE,
      cursor: before.nextCursor,
    });
    if (this.items.data === before) this.items.data = { ...data, items: [...before.items, ...data.items] };
    this.#host.requestUpdate();
  }
}
