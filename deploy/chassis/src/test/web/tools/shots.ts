// Takes pictures of a page in every appearance, signed in: `deploy/local/shots` starts it.
const [origin = "http://localhost:8080", person = "lin.wei", folder = ".", kind = "pictures", ...paths] = Deno.args;
const CHROMIUM = Deno.env.get("LECTERN_CHROMIUM") ?? "chromium";
const looks = [
  { name: "light", language: "en", dark: false, width: 1400, height: 900 },
  { name: "dark", language: "en", dark: true, width: 1400, height: 900 },
  { name: "zh", language: "zh", dark: false, width: 1400, height: 900 },
  { name: "phone", language: "zh", dark: false, width: 390, height: 844 },
];

type Answer = { id?: number; sessionId?: string; result?: Record<string, unknown>; error?: { message: string } };

/** As much of the Chrome DevTools Protocol as pictures need. */
class Browser {
  #next = 1;
  #open = new Map<number, (answer: Answer) => void>();
  session = "";

  constructor(private readonly socket: WebSocket) {
    socket.onmessage = (event) => {
      const answer = JSON.parse(event.data) as Answer;
      if (answer.id) this.#open.get(answer.id)?.(answer);
    };
  }

  send(method: string, params: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const id = this.#next++;
    this.socket.send(JSON.stringify({ id, method, params, ...(this.session && { sessionId: this.session }) }));
    return new Promise((resolve, reject) =>
      this.#open.set(
        id,
        (answer) => answer.error ? reject(new Error(`${method}: ${answer.error.message}`)) : resolve(answer.result!),
      )
    );
  }

  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.send("Runtime.evaluate", { expression, returnByValue: true, awaitPromise: true });
    return (result as { value?: unknown }).value;
  }

  async until(expression: string): Promise<void> {
    for (let i = 0; i < 300; i++) {
      if (await this.evaluate(expression).catch(() => false)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`Not within 30 s: ${expression}`);
  }
}

async function start(): Promise<{ browser: Browser; end: () => Promise<void> }> {
  const profile = await Deno.makeTempDir();
  const process = new Deno.Command(CHROMIUM, {
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--no-first-run",
      "--hide-scrollbars",
      "--disable-background-networking",
    ]
      .concat("--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"),
    stderr: "piped",
    stdout: "null",
  }).spawn();
  let said = "";
  let address: string | undefined;
  const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
  while (!address) {
    const { value, done } = await reader.read();
    if (done) throw new Error(said);
    said += value;
    address = /ws:\/\/\S+/.exec(said)?.[0];
  }
  const socket = new WebSocket(address);
  await new Promise((resolve) => socket.onopen = resolve);
  const browser = new Browser(socket);
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  browser.session = sessionId as string;
  return {
    browser,
    end: async () => {
      socket.close();
      process.kill();
      await process.status;
      await Deno.remove(profile, { recursive: true }).catch(() => {}); // Chromium may still write
    },
  };
}

async function picture(browser: Browser, file: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 400));
  const { data } = await browser.send("Page.captureScreenshot", { format: "png" });
  await Deno.writeFile(`${folder}/${file}`, Uint8Array.from(atob(data as string), (c) => c.charCodeAt(0)));
  console.log(file);
}

/** The page as it is printed. */
async function paper(browser: Browser, file: string): Promise<void> {
  const { data } = await browser.send("Page.printToPDF", { preferCSSPageSize: true });
  await Deno.writeFile(`${folder}/${file}`, Uint8Array.from(atob(data as string), (c) => c.charCodeAt(0)));
  console.log(file);
}

async function look(browser: Browser, each: typeof looks[number]): Promise<void> {
  await browser.send("Emulation.setDeviceMetricsOverride", {
    width: each.width,
    height: each.height,
    deviceScaleFactor: 1,
    mobile: each.width < 700,
  });
  await browser.send("Emulation.setEmulatedMedia", {
    features: [{ name: "prefers-color-scheme", value: each.dark ? "dark" : "light" }],
  });
}

/** The site of the pages; one sign-in is enough. */
const home = paths[0]?.startsWith("/portal") ? "/portal" : "/console";
const READY = `!!document.querySelector("lectern-shell main") && !document.querySelector(".skeleton")`;
const { browser, end } = await start();
try {
  await browser.send("Page.enable");
  await look(browser, looks[0]!);
  await browser.send("Page.navigate", { url: `${origin}${home}` });
  await browser.until(`!!document.querySelector('input[name="username"]') || ${READY}`);
  if (await browser.evaluate(`!!document.querySelector('input[name="username"]')`)) {
    await picture(browser, "sign-in.png");
    await browser.evaluate(`document.querySelector('input[value="${person}"]').form.querySelector("button").click()`);
  }
  await browser.until(READY);
  for (const path of paths.length > 0 ? paths : [home]) {
    for (const each of kind === "print" ? looks.filter(({ name }) => name === "light" || name === "zh") : looks) {
      await look(browser, each);
      await browser.evaluate(`localStorage.setItem("lectern.language", "${each.language}")`);
      await browser.send("Page.navigate", { url: origin + path });
      await browser.until(READY);
      const name = path.replace(/^\/(console|portal)\/?/, "").replace(/[^a-z0-9]+/gi, "-") || "start";
      if (kind === "print") await paper(browser, `${name}.${each.language}.pdf`);
      else await picture(browser, `${name}.${each.name}.png`);
    }
  }
} finally {
  await end();
}
