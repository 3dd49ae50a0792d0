package org.lectern.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All resources of a rendered overlay. */
record Manifests(List<Resource> resources) {

    static final YAMLMapper YAML = new YAMLMapper();

    /** The overlays; each must keep every rule. */
    static List<String> overlays() {
        try (var folders = java.nio.file.Files.list(Repository.at("deploy/kubernetes/overlays"))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rendered overlay; of an overlay {@code restore-*} only what differs from production is stored. */
    static Manifests of(String overlay) {
        Manifests stored = parse(Repository.read("deploy/kubernetes/rendered/" + overlay + ".yaml"));
        return overlay.startsWith("restore-") ? of("production").changedBy(stored) : stored;
    }

    private Manifests changedBy(Manifests others) {
        List<String> replaced =
                others.resources().stream().map(Manifests::identity).toList();
        return new Manifests(Stream.concat(
                        resources.stream().filter(resource -> !replaced.contains(identity(resource))),
                        others.resources().stream())
                .toList());
    }

    /** Kind and name, the name of generated settings without its digest. */
    private static String identity(Resource resource) {
        return resource.kind().equals("ConfigMap")
                ? "ConfigMap " + resource.name().replaceFirst("-[a-z0-9]{10}$", "")
                : resource.toString();
    }

    static Manifests parse(String yaml) {
        try (MappingIterator<ObjectNode> documents =
                YAML.readerFor(ObjectNode.class).readValues(yaml)) {
            List<Resource> resources = new ArrayList<>();
            documents.forEachRemaining(document -> resources.add(new Resource(document)));
            return new Manifests(resources);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("This is no YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Stream<Resource> ofKind(String kind) {
        return resources.stream().filter(resource -> resource.kind().equals(kind));
    }

    Stream<Resource> workloads() {
        return resources.stream().filter(Resource::isWorkload);
    }

    Resource one(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("There is no " + kind + " " + name));
    }

    Optional<Resource> find(String kind, String name) {
        return ofKind(kind).filter(resource -> resource.name().equals(name)).findFirst();
    }

    boolean has(String kind, String name) {
        return find(kind, name).isPresent();
    }
}
