package org.lectern.scheduler.support;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** The log of this JVM while this object is open: formatted messages with stack traces. */
public final class LogLines extends Handler implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LogLines() {}

    public static LogLines open() {
        LogLines lines = new LogLines();
        Logger.getLogger("").addHandler(lines);
        return lines;
    }

    @Override
    public void publish(LogRecord record) {
        var line = new StringWriter();
        line.append(record instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : record.getMessage());
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(line.append('\n'), true));
        }
        lines.add(line.toString());
    }

    /** All that was logged so far. */
    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        Logger.getLogger("").removeHandler(this);
    }
}
