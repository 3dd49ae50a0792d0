// Keeps the frame of the portal and the files it names, so that it opens without a connection. The list FILES stands above:
// the service writes it. No answer of an API passes here; what the pages keep of those is in their own store.
const NAME = "lectern-portal-" + FILES.join("|");
const FRAME = "/portal";
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(NAME)
      .then((cache) => cache.addAll([FRAME, ...FILES].map((each) => new Request(each, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) =>
        Promise.all(
          names.filter((each) => each.startsWith("lectern-portal-") && each !== NAME).map((each) => caches.delete(each)),
        )
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate") {
    if (pathname === FRAME || pathname.startsWith(FRAME + "/")) event.respondWith(frame(event.request));
  } else if (FILES.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)));
  }
});

/** The frame from the network, as long as that does not take too long; else the kept one. */
async function frame(request) {
  const kept = await caches.match(FRAME);
  const asked = fetch(request);
  if (!kept) return asked;
  let timer;
  const late = new Promise((resolve) => timer = setTimeout(() => resolve(kept), PATIENCE));
  try {
    const answer = await Promise.race([asked, late]);
    return answer.status >= 500 ? kept : answer;
  } catch {
    return kept;
  } finally {
    clearTimeout(timer);
    asked.catch(() => {}); // its failure has been answered
  }
}

// A message says that there is news: its title, and which notice. Everything else is read in the portal, after sign-in.
self.addEventListener("push", (event) => {
  let news = {};
  try {
    news = event.data?.json() ?? {};
  } catch {
    // not one of ours: a notification is shown nevertheless, as browsers demand
  }
  event.waitUntil(
    self.registration.showNotification(news.title ?? "Lectern", {
      tag: news.subject ?? "lectern",
      renotify: true,
      lang: news.locale,
      icon: "/portal/icons/icon-192.png",
      badge: "/portal/icons/icon-192.png",
      data: { notice: news.notice },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { notice } = event.notification.data ?? {};
  const address = FRAME + "/inbox" + (notice ? "?notice=" + encodeURIComponent(notice) : "");
  event.waitUntil(
    self.clients.matchAll({ type: "window", includeUncontrolled: true }).then(async (windows) => {
      const open = windows.find((each) => new URL(each.url).pathname.startsWith(FRAME));
      if (!open) return self.clients.openWindow(address);
      await open.navigate(address);
      return open.focus();
    }),
  );
});
