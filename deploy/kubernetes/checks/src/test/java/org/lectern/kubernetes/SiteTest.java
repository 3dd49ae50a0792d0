package org.lectern.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An environment is filled in at one place: no sample value remains after {@code site.env} was changed. Needs kubectl.
 */
class SiteTest {

    private static final List<String> SAMPLES =
            List.of("example.org", "cidr: 192.0.2.", "cidr: 198.51.100.", "cidr: 203.0.113.");

    @TempDir
    Path folder;

    private SourceCopy sources;

    @BeforeEach
    void copy() throws IOException {
        sources = SourceCopy.in(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overlays/production",
                "overlays/staging",
                "overlays/bring-your-own",
                "overlays/restore-all",
                "demo"
            })
    void filledInSite_leavesNoSample(String overlay) throws Exception {
        fillIn(folder.resolve("kubernetes"));
        if (Programs.find("kubectl").isPresent()) {
            assertThat(rendered(overlay))
                    .isNotEmpty()
                    .noneMatch(line -> SAMPLES.stream().anyMatch(line::contains));
        }
    }

    @Test
    void valueOutsideOfTheSite_isFound() throws Exception {
        fillIn(folder.resolve("kubernetes"));
        Path settings = folder.resolve("kubernetes/base/scheduler/settings.env");
        Files.writeString(settings, Files.readString(settings) + "LECTERN_SESSION_CLIENT_ID=example.org\n");
        if (Programs.find("kubectl").isPresent()) {
            assertThat(rendered("overlays/production")).anyMatch(line -> line.contains("example.org"));
        }
    }

    private static void fillIn(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path site : files.filter(file -> file.endsWith("site.env")).toList()) {
                Files.writeString(
                        site,
                        Files.readString(site)
                                .replace("example.org", "city.cn")
                                .replace("192.0.2.0", "10.1.0.0")
                                .replace("198.51.100.0", "10.2.0.0")
                                .replace("203.0.113.0", "10.3.0.0"));
            }
        }
    }

    private List<String> rendered(String overlay) throws IOException, InterruptedException {
        return sources.rendered("kubernetes/" + overlay).lines().toList();
    }
}
