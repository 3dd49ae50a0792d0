package org.lectern.chaos.clock;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Redirects calls of the JDK's clocks to {@link ShiftedClock}. Only the constant pool of a class changes (Java Virtual
 * Machine Specification, section 4.4); its bytecode stays the same.
 */
final class ClockCalls {

    private static final String SHIFTED = "org/lectern/chaos/clock/ShiftedClock";
    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int METHOD = 10;
    private static final int NAME_AND_TYPE = 12;

    private ClockCalls() {}

    /** A method of the JDK. */
    private record Method(String owner, String name, String type) {

        boolean isClock() {
            return owner.equals("java/lang/System") && name.equals("currentTimeMillis") && type.equals("()J")
                    || owner.equals("jdk/internal/misc/VM")
                            && name.equals("getNanoTimeAdjustment")
                            && type.equals("(J)J");
        }
    }

    /** The class with its calls redirected; null if it has none. */
    static byte @Nullable [] redirect(byte[] classFile) throws IOException {
        Pool pool = new Pool(classFile);
        return pool.redirect() ? pool.classFile() : null;
    }

    /** The constant pool of a class file, as the bytes of each entry. */
    private static final class Pool {

        private final byte[] file;
        private final byte[][] entries;
        private final int end;

        Pool(byte[] file) throws IOException {
            this.file = file;
            var bytes = new ByteArrayInputStream(file);
            var in = new DataInputStream(bytes);
            if (in.readInt() != MAGIC) {
                throw new IOException("no class file");
            }
            in.readInt(); // class file version
            entries = new byte[in.readUnsignedShort()][];
            entries[0] = new byte[0];
            for (int i = 1; i < entries.length; i++) {
                int from = file.length - bytes.available();
                int tag = in.readUnsignedByte();
                in.skipNBytes(length(tag, in));
                int to = file.length - bytes.available();
                entries[i] = Arrays.copyOfRange(file, from, to);
                if (tag == LONG || tag == DOUBLE) {
                    entries[++i] = new byte[0]; // takes two entries
                }
            }
            end = file.length - bytes.available();
        }

        private static int length(int tag, DataInputStream in) throws IOException {
            return switch (tag) {
                case UTF8 -> in.readUnsignedShort();
                case CLASS, 8, 16, 19, 20 -> 2;
                case 15 -> 3;
                case 3, 4, 9, METHOD, 11, NAME_AND_TYPE, 17, 18 -> 4;
                case LONG, DOUBLE -> 8;
                default -> throw new IOException("unknown constant " + tag);
            };
        }

        /** True if at least one call was redirected. */
        boolean redirect() {
            boolean redirected = false;
            int shifted = entries.length + 1; // the added class entry refers to the name before it
            for (byte[] entry : entries) {
                if (entry.length > 0 && entry[0] == METHOD && method(entry).isClock()) {
                    entry[1] = (byte) (shifted >> 8);
                    entry[2] = (byte) shifted;
                    redirected = true;
                }
            }
            return redirected;
        }

        private Method method(byte[] entry) {
            byte[] owner = entries[number(entry, 1)];
            byte[] nameAndType = entries[number(entry, 3)];
            return new Method(text(number(owner, 1)), text(number(nameAndType, 1)), text(number(nameAndType, 3)));
        }

        private String text(int index) {
            return new String(entries[index], 3, entries[index].length - 3, StandardCharsets.UTF_8);
        }

        private static int number(byte[] entry, int at) {
            return (entry[at] & 0xff) << 8 | entry[at + 1] & 0xff;
        }

        byte[] classFile() throws IOException {
            var bytes = new ByteArrayOutputStream(file.length + 64);
            var out = new DataOutputStream(bytes);
            out.write(file, 0, 8);
            out.writeShort(entries.length + 2);
            for (byte[] entry : entries) {
                out.write(entry);
            }
            out.writeByte(UTF8);
            out.writeUTF(SHIFTED);
            out.writeByte(CLASS);
            out.writeShort(entries.length);
            out.write(file, end, file.length - end);
            return bytes.toByteArray();
        }
    }
}
