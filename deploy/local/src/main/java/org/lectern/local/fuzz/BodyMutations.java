package org.lectern.local.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lectern.local.fuzz.ValidValues.Slot;
import org.lectern.local.fuzz.ValidValues.Tree;

/** Makes one part of a body hostile, or the whole body; each mutation describes itself. */
final class BodyMutations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COLUMNS_AT_MOST = 40_000;
    private static final int ROWS_AT_MOST = 20_000;

    private BodyMutations() {}

    /** Changes the tree in one place. */
    static String member(Tree tree, Draw draw) {
        if (tree.slots().isEmpty() || draw.chance(0.1)) {
            if (tree.root() instanceof ObjectNode root) {
                String value = HostileValues.json(tree.schema(), draw);
                root.putRawValue(
                        draw.pick(List.of("unknown", "", "\uD842\uDFB7", "__proto__", "@type")), new RawValue(value));
                return "unknown member = " + shortened(value);
            }
            return "no member to change";
        }
        Slot slot = draw.pick(tree.slots());
        if (slot.parent() instanceof ObjectNode object && draw.chance(0.2)) {
            if (draw.chance(0.5)) {
                object.remove(slot.name());
                return slot.pointer() + " left out";
            }
            String twice =
                    object.path(slot.name()) + ",\"" + slot.name() + "\":" + HostileValues.json(slot.schema(), draw);
            object.putRawValue(slot.name(), new RawValue(twice));
            return slot.pointer() + " twice";
        }
        String value = HostileValues.json(slot.schema(), draw);
        RawValue raw = new RawValue(value);
        if (slot.parent() instanceof ObjectNode object) {
            object.putRawValue(slot.name(), raw);
        } else if (slot.parent() instanceof ArrayNode array) {
            array.set(slot.index(), JsonNodeFactory.instance.rawValueNode(raw));
        }
        return slot.pointer() + " = " + shortened(value);
    }

    static byte[] written(Tree tree) {
        try {
            return JSON.writeValueAsBytes(tree.root());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Octets and their description. */
    record Mutated(byte[] body, String what) {}

    /** Replaces or corrupts the whole body. */
    static Mutated whole(byte[] body, String mediaType, Draw draw) {
        if (mediaType.equals("text/csv") && draw.chance(0.6)) {
            return csv(new String(body, StandardCharsets.UTF_8), draw);
        }
        String text = new String(body, StandardCharsets.UTF_8);
        return switch (draw.below(14)) {
            case 0 -> new Mutated(Arrays.copyOf(body, draw.below(body.length + 1)), "truncated body");
            case 1 -> new Mutated(new byte[0], "empty body");
            case 2 -> new Mutated(text.getBytes(StandardCharsets.UTF_16), "body in UTF-16");
            case 3 -> new Mutated(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), "byte order mark");
            case 4 -> new Mutated(joined(new byte[] {(byte) 0xC0, (byte) 0x80, (byte) 0xFF}, body), "invalid UTF-8");
            case 5 -> new Mutated(joined(body, body), "body twice");
            case 6 -> new Mutated(joined(body, new byte[] {0}), "null octet at the end");
            case 7 ->
                new Mutated(octets(draw.pick(List.of("null", "[]", "{}", "\"x\"", "1", "{", "[[", " "))), "other JSON");
            case 8 -> new Mutated(octets("/* a */" + text + "// b"), "comments");
            case 9 -> new Mutated(octets("a=1&a=2&%00=%ff&" + "b&".repeat(2_000)), "form body");
            case 10 ->
                new Mutated(
                        octets("<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
                        "XML body");
            case 11 -> new Mutated(octets("[".repeat(50_000)), "50,000 open arrays");
            case 12 -> new Mutated(octets("{" + "\"a\":1,".repeat(20_000) + "\"a\":1}"), "20,000 members of one name");
            default -> new Mutated(random(draw), "random octets");
        };
    }

    private static Mutated csv(String text, Draw draw) {
        int columns = draw.pick(List.of(100, 2_000, COLUMNS_AT_MOST, COLUMNS_AT_MOST));
        String line = text.strip().lines().reduce((first, second) -> second).orElse("");
        String heading = text.lines().findFirst().orElse("code");
        // the costliest is first and most frequent: each heading may become an error, a column and a text
        return switch (draw.below(10)) {
            case 0, 1, 2 -> new Mutated(octets(unknown(columns) + "\n1\n"), columns + " unknown headings");
            case 3 -> new Mutated(octets(heading + "," + unknown(columns) + "\n" + line), columns + " headings more");
            case 4 ->
                new Mutated(octets((heading + ",").repeat(columns / 100) + "\n" + line + "\n"), "headings repeated");
            case 5 ->
                new Mutated(octets(heading + "\n" + line + ",".repeat(columns) + "\n"), columns + " fields too many");
            case 6 -> new Mutated(octets(heading + "\n" + "x\n".repeat(ROWS_AT_MOST)), ROWS_AT_MOST + " wrong rows");
            case 7 -> new Mutated(octets(heading + "\n\"" + "x".repeat(columns)), "quote never closed");
            case 8 ->
                new Mutated(
                        octets(heading + "\n"
                                + line.replaceFirst(
                                        "[^,]*",
                                        "\""
                                                + HostileValues.text(JSON.createObjectNode(), draw)
                                                        .replace("\"", "\"\"")
                                                + "\"")
                                + "\n"),
                        "hostile field");
            default ->
                new Mutated(
                        octets(text.replace(",", draw.pick(List.of(";", "\t", "\u0000")))
                                .replace("\n", "\r")),
                        "other separators");
        };
    }

    private static String unknown(int columns) {
        return IntStream.range(0, columns).mapToObj(i -> "column" + i).collect(Collectors.joining(","));
    }

    private static byte[] random(Draw draw) {
        byte[] octets = new byte[1 + draw.below(500)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) draw.below(256);
        }
        return octets;
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 60) + "… (" + text.length() + " characters)";
    }
}
