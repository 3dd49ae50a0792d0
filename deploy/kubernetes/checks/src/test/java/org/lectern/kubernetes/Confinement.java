package org.lectern.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the kernel says of a confined process, from the texts of {@code /proc/PID}. */
record Confinement(String status, String mounts) {

    private static final String NO_CAPABILITIES = "0000000000000000";

    /** The restrictions of the manifests that the process escapes; empty if all hold. */
    List<String> escapes(int user, List<String> writable) {
        List<String> escapes = new ArrayList<>();
        String id = Integer.toString(user);
        expect("Uid", ids -> List.of(ids.split("\\s+")).stream().allMatch(id::equals), escapes);
        expect("Gid", ids -> List.of(ids.split("\\s+")).stream().allMatch(id::equals), escapes);
        for (String set : List.of("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")) {
            expect(set, NO_CAPABILITIES::equals, escapes);
        }
        expect("NoNewPrivs", "1"::equals, escapes);
        expect("Seccomp", "2"::equals, escapes);
        for (Map.Entry<String, String> mount : options().entrySet()) {
            boolean ours = mount.getKey().equals("/") || mount.getKey().startsWith("/lectern");
            boolean readOnly = List.of(mount.getValue().split(",")).contains("ro");
            if (ours && !readOnly) {
                escapes.add(mount.getKey() + " is writable");
            }
            if (writable.contains(mount.getKey()) && readOnly) {
                escapes.add(mount.getKey() + " is read-only");
            }
        }
        for (String each : writable) {
            if (!options().containsKey(each)) {
                escapes.add("nothing is mounted at " + each);
            }
        }
        return escapes;
    }

    private void expect(String name, Predicate<String> right, List<String> escapes) {
        Matcher line = Pattern.compile("(?m)^" + name + ":\\s*(.*?)\\s*$").matcher(status);
        String value = line.find() ? line.group(1) : "absent";
        if (!right.test(value)) {
            escapes.add(name + " is " + value);
        }
    }

    /** Options by mount point; lines as in proc_pid_mountinfo(5). */
    private Map<String, String> options() {
        Map<String, String> options = new TreeMap<>();
        mounts.lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length > 5)
                .forEach(words -> options.put(words[4], words[5]));
        return options;
    }
}
