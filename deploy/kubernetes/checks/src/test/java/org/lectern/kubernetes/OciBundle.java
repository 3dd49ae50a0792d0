package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A bundle of the OCI runtime specification with the image of a service and the restrictions of its manifest. The
 * root file system has the C library of this machine, and nothing that can be started but the JVM.
 */
final class OciBundle {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JDK = Path.of(System.getProperty("java.home"));
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+\\.so\\S*) \\(0x");
    private static final Pattern ENTRYPOINT = Pattern.compile("(?m)^ENTRYPOINT (\\[.*])$");
    private static final String HOME = "/lectern";

    /**
     * Calls that the default profile of the usual runtimes refuses to a container without capabilities: modules,
     * mounts, namespaces, tracing, clocks, key rings, io_uring.
     */
    private static final List<String> REFUSED = List.of(
            "acct",
            "add_key",
            "bpf",
            "clock_adjtime",
            "clock_settime",
            "delete_module",
            "fanotify_init",
            "finit_module",
            "fsconfig",
            "fsmount",
            "fsopen",
            "fspick",
            "init_module",
            "io_uring_enter",
            "io_uring_register",
            "io_uring_setup",
            "kcmp",
            "kexec_file_load",
            "kexec_load",
            "keyctl",
            "lookup_dcookie",
            "mount",
            "mount_setattr",
            "move_mount",
            "move_pages",
            "nfsservctl",
            "open_by_handle_at",
            "open_tree",
            "perf_event_open",
            "pivot_root",
            "process_vm_readv",
            "process_vm_writev",
            "ptrace",
            "quotactl",
            "quotactl_fd",
            "reboot",
            "request_key",
            "setdomainname",
            "sethostname",
            "setns",
            "settimeofday",
            "swapoff",
            "swapon",
            "syslog",
            "umount2",
            "unshare",
            "userfaultfd",
            "vhangup");

    private final Path folder;

    private OciBundle(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /**
     * The image as {@code stage} has laid it out; without that, the jars and the JDK of this build, without a cache.
     */
    static OciBundle of(
            String service, Resource workload, Map<String, String> variables, Path folder, String... arguments)
            throws IOException, InterruptedException {
        Path root = Files.createDirectories(folder.resolve("rootfs"));
        for (String each : List.of("proc", "dev", "etc", "lectern")) {
            Files.createDirectories(root.resolve(each));
        }
        Files.writeString(root.resolve("etc/hosts"), "127.0.0.1 localhost\n");
        Path staged = Repository.at(service + "-service/target/image");
        boolean whole = Files.exists(staged.resolve("app.aot"));
        Path jre = whole ? staged.resolve("jre") : JDK;
        copyLibraries(jre, root);

        ObjectNode config = JSON.createObjectNode().put("ociVersion", "1.0.2").put("hostname", service);
        config.putObject("root").put("path", "rootfs").put("readonly", restricted(workload, "readOnlyRootFilesystem"));
        ArrayNode mounts = config.putArray("mounts");
        mount(mounts, "/proc", "proc", "proc");
        mount(mounts, "/dev", "tmpfs", "tmpfs", "nosuid", "strictatime", "mode=755", "size=64k");
        volumes(workload)
                .forEach((path, size) ->
                        mount(mounts, path, "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777", "size=" + size));
        bind(mounts, HOME + "/jre", jre);
        bind(mounts, HOME + "/flags", Repository.at("deploy/kubernetes/image/flags"));
        Path jars = whole ? staged : Repository.at(service + "-service/target/quarkus-app");
        try (Stream<Path> parts = Files.list(jars)) {
            parts.filter(each -> !each.endsWith("jre"))
                    .sorted()
                    .forEach(each -> bind(mounts, HOME + "/" + each.getFileName(), each));
        }
        List<String> command = command(whole);
        command.addAll(List.of(arguments));
        process(config.putObject("process"), workload, command, variables);
        linux(config.putObject("linux"), workload);
        Files.writeString(folder.resolve("config.json"), config.toPrettyString());
        return new OciBundle(folder);
    }

    /** The same with another command. */
    OciBundle starting(String... command) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ArrayNode arguments = ((ObjectNode) config.path("process")).putArray("args");
        List.of(command).forEach(arguments::add);
        Files.writeString(file, config.toPrettyString());
        return this;
    }

    /** Where the manifest mounts an empty directory, with its size as an option of tmpfs. */
    static Map<String, String> volumes(Resource workload) {
        Map<String, String> sizes = new TreeMap<>();
        for (JsonNode mount : workload.container().path("volumeMounts")) {
            for (JsonNode volume : workload.pod().path("volumes")) {
                if (volume.path("name").equals(mount.path("name")) && volume.has("emptyDir")) {
                    String size = volume.at("/emptyDir/sizeLimit").asText("64Mi");
                    sizes.put(
                            mount.path("mountPath").asText(),
                            size.replace("Mi", "m").replace("Gi", "g"));
                }
            }
        }
        return sizes;
    }

    /** The command of the image; without a cache of classes if there is none. */
    private static List<String> command(boolean cached) throws IOException {
        Matcher entrypoint = ENTRYPOINT.matcher(Repository.read("deploy/kubernetes/image/Dockerfile"));
        assertThat(entrypoint.find()).isTrue();
        List<String> command = new ArrayList<>();
        JSON.readTree(entrypoint.group(1)).forEach(word -> command.add(word.asText()));
        command.removeIf(word -> !cached && word.startsWith("-XX:AOTCache="));
        return command;
    }

    private static void process(
            ObjectNode process, Resource workload, List<String> command, Map<String, String> variables) {
        JsonNode rights = workload.pod().path("securityContext");
        process.put("terminal", false).put("cwd", HOME);
        process.putObject("user")
                .put("uid", rights.path("runAsUser").asInt())
                .put("gid", rights.path("runAsGroup").asInt());
        ArrayNode arguments = process.putArray("args");
        command.forEach(arguments::add);
        ArrayNode environment = process.putArray("env");
        environment.add("PATH=" + HOME + "/jre/bin");
        variables.forEach((name, value) -> environment.add(name + "=" + value));
        process.put("noNewPrivileges", !restricted(workload, "allowPrivilegeEscalation"));
        assertThat(workload.container()
                        .at("/securityContext/capabilities/drop/0")
                        .asText())
                .isEqualTo("ALL");
        ObjectNode capabilities = process.putObject("capabilities");
        for (String set : List.of("bounding", "effective", "inheritable", "permitted", "ambient")) {
            capabilities.putArray(set);
        }
    }

    private static void linux(ObjectNode linux, Resource workload) {
        ArrayNode namespaces = linux.putArray("namespaces");
        // not of the network: the engines of the test listen on the loopback interface
        for (String each : List.of("pid", "ipc", "uts", "mount")) {
            namespaces.addObject().put("type", each);
        }
        ArrayNode masked = linux.putArray("maskedPaths");
        List.of("/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug")
                .forEach(masked::add);
        ArrayNode readOnly = linux.putArray("readonlyPaths");
        List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger")
                .forEach(readOnly::add);
        assertThat(workload.pod().at("/securityContext/seccompProfile/type").asText())
                .isEqualTo("RuntimeDefault");
        ObjectNode seccomp = linux.putObject("seccomp").put("defaultAction", "SCMP_ACT_ALLOW");
        ArrayNode calls = seccomp.putArray("syscalls");
        ObjectNode refused = calls.addObject().put("action", "SCMP_ACT_ERRNO").put("errnoRet", 1);
        REFUSED.forEach(refused.putArray("names")::add);
        // ENOSYS: the C library then calls clone, which has flags that a filter can see
        calls.addObject()
                .put("action", "SCMP_ACT_ERRNO")
                .put("errnoRet", 38)
                .putArray("names")
                .add("clone3");
    }

    private static boolean restricted(Resource workload, String right) {
        return workload.container().path("securityContext").path(right).asBoolean();
    }

    private static void bind(ArrayNode mounts, String destination, Path source) {
        mount(mounts, destination, "bind", source.toAbsolutePath().toString(), "rbind", "ro", "nosuid", "nodev");
    }

    private static void mount(ArrayNode mounts, String destination, String type, String source, String... options) {
        ArrayNode all = mounts.addObject()
                .put("destination", destination)
                .put("type", type)
                .put("source", source)
                .putArray("options");
        List.of(options).forEach(all::add);
    }

    /** Copies what the JVM is linked with, its desktop libraries excepted: the C library and the loader. */
    private static void copyLibraries(Path jre, Path root) throws IOException, InterruptedException {
        Set<String> libraries = new TreeSet<>();
        for (String each : List.of(
                "bin/java",
                "lib/server/libjvm.so",
                "lib/libjava.so",
                "lib/libnet.so",
                "lib/libnio.so",
                "lib/libzip.so",
                "lib/libextnet.so",
                "lib/libmanagement_ext.so")) {
            Process ldd = new ProcessBuilder("ldd", jre.resolve(each).toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(ldd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(ldd.waitFor()).as(said).isZero();
            LIBRARY.matcher(said).results().map(found -> found.group(1)).forEach(libraries::add);
        }
        libraries.removeIf(each -> each.startsWith(jre.toString()));
        for (String each : libraries) {
            Path copy = root.resolve(each.substring(1));
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of(each).toRealPath(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
