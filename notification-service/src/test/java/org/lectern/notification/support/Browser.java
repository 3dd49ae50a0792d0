package org.lectern.notification.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Renders pages in Chromium, if it is installed, and reports their problems. */
public final class Browser {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLACES =
            List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    private static final Pattern RESULT = Pattern.compile("<pre id=\"result\">([^<]*)</pre>");

    private Browser() {}

    /** The rendering of one page in Chromium. */
    public record Look(String page, int width, boolean dark, int scrollsSideways, List<String> violations) {}

    /** The path of Chromium. */
    public static Optional<Path> executable() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /**
     * Renders each page in frames of each width and checks it with axe (WCAG 2.2 A and AA).
     *
     * @param pages HTML by name
     */
    public static List<Look> look(Path folder, Map<String, String> pages, boolean dark, int... widths) {
        try {
            Path file = folder.resolve(dark ? "dark.html" : "light.html");
            Files.writeString(file, wrapper(pages, widths));
            String dom = dump(folder, file, dark);
            Matcher result = RESULT.matcher(dom);
            if (!result.find()) {
                throw new IllegalStateException(
                        "Chromium did not finish: " + dom.substring(Math.max(0, dom.length() - 500)));
            }
            List<Look> looks = new ArrayList<>();
            byte[] json = Base64.getDecoder().decode(result.group(1));
            for (JsonNode each : JSON.readTree(json)) {
                List<String> violations = new ArrayList<>();
                each.path("violations").forEach(violation -> violations.add(violation.asText()));
                looks.add(new Look(
                        each.path("name").asText(),
                        each.path("width").asInt(),
                        dark,
                        each.path("over").asInt(),
                        violations));
            }
            return looks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page with all others in frames; its script writes its findings into the page, and Chromium prints them. */
    private static String wrapper(Map<String, String> pages, int... widths) throws IOException {
        var frames = new ArrayList<Map<String, Object>>();
        pages.forEach((name, html) -> {
            for (int width : widths) {
                frames.add(Map.of("name", name, "width", width, "html", html));
            }
        });
        return """
                <!DOCTYPE html><meta charset="utf-8"><pre id="result"></pre><script>
                const axeSource = atob("%s");
                const pages = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob("%s"), c => c.charCodeAt(0))));
                (async () => {
                  const looks = [];
                  for (const page of pages) {
                    const frame = document.createElement("iframe");
                    frame.style.cssText = `width:${page.width}px;height:800px;border:0`;
                    frame.srcdoc = page.html;
                    await new Promise(done => { frame.onload = done; document.body.append(frame); });
                    const inner = frame.contentWindow;
                    const script = inner.document.createElement("script");
                    script.textContent = axeSource;
                    inner.document.head.append(script);
                    const found = await inner.axe.run(inner.document,
                        { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] });
                    looks.push({ name: page.name, width: page.width,
                      over: inner.document.documentElement.scrollWidth - inner.document.documentElement.clientWidth,
                      violations: found.violations.flatMap(v => v.nodes.map(n => v.id + " " + n.target + " " + n.failureSummary)) });
                    frame.remove();
                  }
                  const octets = new TextEncoder().encode(JSON.stringify(looks));
                  document.getElementById("result").textContent = btoa(String.fromCharCode(...octets));
                })();
                </script>""".formatted(
                        Base64.getEncoder().encodeToString(axe()),
                        Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(frames)));
    }

    private static byte[] axe() throws IOException {
        try (InputStream file = Browser.class.getResourceAsStream("/axe.min.js")) {
            if (file == null) {
                throw new IllegalStateException("axe.min.js is not on the class path");
            }
            // its few characters beyond Latin-1 occur only in texts that are not shown
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("[^\\x00-\\x7f]", "?")
                    .getBytes(StandardCharsets.US_ASCII);
        }
    }

    private static String dump(Path folder, Path file, boolean dark) throws IOException {
        List<String> command = Stream.of(
                        executable().orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                        "--user-data-dir=" + folder.resolve("profile"),
                        "--window-size=1400,1000",
                        "--virtual-time-budget=600000",
                        "--dump-dom",
                        file.toUri().toString())
                .toList();
        Process chromium = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(chromium.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
