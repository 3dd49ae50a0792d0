// Serves the pages from their sources in front of a running service: `deploy/local/console` starts it.
const [port = "8090", upstream = "http://localhost:8080", folder = ".", site = "console"] = Deno.args;

const TYPES: Record<string, string> = { js: "text/javascript", css: "text/css" };
const waiting = new Set<ReadableStreamDefaultController<Uint8Array>>();
const RELOAD = `new EventSource("/dev/changes").onmessage = () => location.reload();`;

async function page(request: Request): Promise<Response> {
  const answer = await pass(request);
  const html = (await answer.text())
    .replace(new RegExp(`/static/bundle/${site}-[^"]*\\.js`), "/dev/index.js")
    .replace(new RegExp(`/static/bundle/${site}-[^"]*\\.css`), "/dev/index.css");
  const headers = new Headers(answer.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  return new Response(html, { status: answer.status, headers });
}

async function built(name: string): Promise<Response> {
  const text = await Deno.readTextFile(`${folder}/${name.replaceAll("..", "")}`);
  return new Response(name === "index.js" ? `${text}\n${RELOAD}` : text, {
    headers: { "Content-Type": TYPES[name.split(".").pop() ?? ""] ?? "text/plain", "Cache-Control": "no-store" },
  });
}

function changes(): Response {
  let own: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void waiting.add(own = controller),
    cancel: () => void waiting.delete(own),
  });
  return new Response(stream, { headers: { "Content-Type": "text/event-stream" } });
}

function pass(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.delete("Accept-Encoding");
  const body = headers.has("Content-Type") ? request.body : null; // an empty stream would be a body of unknown type
  return fetch(upstream + pathname + search, { method: request.method, headers, body, redirect: "manual" });
}

Deno.serve({ port: Number(port), hostname: "127.0.0.1" }, (request) => {
  const path = new URL(request.url).pathname;
  if (path === "/dev/changes") return changes();
  if (path.startsWith("/dev/")) return built(path.slice(5));
  return path.startsWith(`/${site}`) ? page(request) : pass(request);
});

let timer: ReturnType<typeof setTimeout> | undefined;
for await (const _ of Deno.watchFs(folder)) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    for (const each of waiting) each.enqueue(new TextEncoder().encode("data: changed\n\n"));
  }, 100);
}
