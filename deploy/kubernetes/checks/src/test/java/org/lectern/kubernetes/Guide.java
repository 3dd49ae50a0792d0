package org.lectern.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The documents for operators, as something that runs: the shell executes each block of commands, and programs that
 * would call a cluster are replaced by a recorder.
 */
final class Guide {

    /** Documents with commands that an operator pastes. */
    static final List<String> DOCUMENTS = Stream.of(
                    "README", "install", "operations", "operations.zh-CN", "restore", "rotation", "gitops")
            .map(name -> "deploy/kubernetes/" + name + ".md")
            .filter(document -> Files.exists(Repository.at(document)))
            .toList();

    /** What an operator sets before, as the documents say. */
    private static final Map<String, String> VARIABLES = Map.of(
            "S", GuideCalls.SCHEDULER,
            "N", GuideCalls.NOTIFICATION,
            "OPERATOR", "token",
            "FROM", "2026-11-24T00:00:00+08:00",
            "REGISTRY", "registry.guide.invalid/lectern",
            "VERSION", "1.0.0");

    private static final List<String> RECORDED =
            List.of("kubectl", "curl", "java", "helm", "cosign", "flux", "argocd", "docker", "git", "openssl");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern SCRIPT = Pattern.compile("(?m)^(\\./mvnw|deploy/[\\w./-]+)(?: .*)?$");
    private static final String BETWEEN = "\u001f";
    private static final String END = "\u001e";

    private Guide() {}

    /** A fenced block of a document. */
    record Block(String document, int line, String language, String text) {
        @Override
        public String toString() {
            return document.substring(document.lastIndexOf('/') + 1) + ":" + line;
        }
    }

    /** A call of a program, without the program's own effects. */
    record Call(String program, List<String> arguments) {
        @Override
        public String toString() {
            return program + " " + String.join(" ", arguments);
        }
    }

    /** What a block did: its calls, the shell's complaints and its exit code. */
    record Run(List<Call> calls, String errors, int exit) {}

    static List<Block> blocks(String document) {
        String text = Repository.read(document);
        List<Block> blocks = new ArrayList<>();
        BLOCK.matcher(text)
                .results()
                .forEach(block -> blocks.add(new Block(
                        document,
                        (int) text.substring(0, block.start()).lines().count() + 1,
                        block.group(1),
                        block.group(2))));
        return blocks;
    }

    /** Scripts of this repository that a block calls. They are not executed. */
    static List<Path> scripts(Block block) {
        return SCRIPT.matcher(block.text())
                .results()
                .map(script -> Repository.at(script.group(1)))
                .toList();
    }

    /** Executes a block from top to bottom; the first command that fails ends it. */
    static Run run(Block block) {
        try {
            Path folder = Files.createTempDirectory("guide");
            Path calls = Files.createFile(folder.resolve("calls"));
            Path errors = Files.createFile(folder.resolve("errors"));
            for (String program : RECORDED) {
                recorder(folder.resolve(program), program);
            }
            String commands = SCRIPT.matcher(block.text()).replaceAll(":");
            ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-euc", commands)
                    .directory(Repository.at("").toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile());
            shell.environment().putAll(VARIABLES);
            shell.environment().put("CALLS", calls.toString());
            shell.environment().put("PATH", folder + ":/usr/bin:/bin");
            int exit = shell.start().waitFor();
            return new Run(read(calls), Repository.read(errors), exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** The calls that a recorder noted. */
    static List<Call> read(Path calls) {
        return Stream.of(Repository.read(calls).split(END))
                .filter(call -> !call.isEmpty())
                .map(call -> List.of(call.split(BETWEEN, -1)))
                .map(words -> new Call(words.getFirst(), words.subList(1, words.size() - 1)))
                .toList();
    }

    /** Notes its arguments and answers as briefly as the guide expects. */
    private static void recorder(Path file, String program) throws IOException {
        String script = """
                #!/bin/sh
                printf '%%s\\037' %s "$@" >> "$CALLS"
                printf '\\036' >> "$CALLS"
                case " $* " in
                *" -o name "*) echo pod/recorded ;;
                *jsonpath*) echo cmVjb3JkZWQ= ;;
                esac
                """.formatted(program);
        Files.write(file, script.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }
}
