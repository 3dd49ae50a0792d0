package org.lectern.local.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The lines for the person at the terminal: plain text with the elapsed time; colours only where supported. */
public final class Console {

    private final PrintStream out;
    private final boolean colours;
    private final Instant start;

    public Console(PrintStream out, boolean colours, Instant start) {
        this.out = out;
        this.colours = colours;
        this.start = start;
    }

    /** Colours on a supporting terminal, unless <a href="https://no-color.org">NO_COLOR</a> is set. */
    public static Console standard(Instant start) {
        var terminal = System.console();
        boolean colours = terminal != null
                && terminal.isTerminal()
                && System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(System.getenv("TERM"));
        return new Console(System.out, colours, start);
    }

    /** A completed step, with the time since the start. */
    public void progress(String text) {
        long millis = Duration.between(start, Instant.now()).toMillis();
        line(painted("2", String.format(Locale.ROOT, "[%5.1f s]", millis / 1000.0)) + " " + text);
    }

    public void heading(String text) {
        line("");
        line(painted("1;36", text));
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    public void success(String text) {
        line(painted("1;32", text));
    }

    public void failure(String text) {
        line(painted("1;31", text));
    }

    public String dim(String text) {
        return painted("2", text);
    }

    private String painted(String style, String text) {
        return colours ? "\u001b[" + style + "m" + text + "\u001b[0m" : text;
    }
}
