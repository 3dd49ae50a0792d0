package org.lectern.chaos.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every call with its outcome, in memory and as a line of JSON in a file. */
final class CallJournal implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedWriter file;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    CallJournal(Path file) {
        try {
            this.file = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    void add(Call call) {
        calls.add(call);
        ObjectNode line = JSON.createObjectNode()
                .put("token", call.token())
                .put("kind", call.kind().toString())
                .put("subject", call.subject())
                .put("begun", call.begun().toString())
                .put("ended", call.ended().toString())
                .put("attempts", call.attempts())
                .put("outcome", call.outcome().name())
                .put("status", call.status())
                .put("version", call.version());
        call.planned().forEach(line.withArray("planned")::add);
        line.set("asked", call.asked());
        line.set("answer", call.answer());
        write(line + "\n");
    }

    private synchronized void write(String line) {
        try {
            file.write(line);
        } catch (IOException e) {
            // closed: the run was aborted
        }
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
