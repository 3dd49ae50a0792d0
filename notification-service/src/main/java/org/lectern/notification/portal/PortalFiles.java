package org.lectern.notification.portal;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of the portal that keep their names: icons, manifests and the service worker. */
@ApplicationScoped
class PortalFiles {

    static final List<String> ICONS =
            List.of("icon.svg", "icon-180.png", "icon-192.png", "icon-512.png", "icon-maskable-512.png");

    private final Map<String, byte[]> icons = new HashMap<>();

    PortalFiles() {
        ICONS.forEach(name -> icons.put(name, read("/portal/" + name)));
    }

    byte @Nullable [] icon(String name) {
        return icons.get(name);
    }

    static String text(String path) {
        return new String(read(path), StandardCharsets.UTF_8);
    }

    private static byte[] read(String path) {
        try (InputStream in = PortalFiles.class.getResourceAsStream(path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
