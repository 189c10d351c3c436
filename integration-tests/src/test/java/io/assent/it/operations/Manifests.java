package io.assent.it.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is to be applied to a cluster: the files of {@code docker/kubernetes}. */
final class Manifests {

    private static final Path FOLDER = Path.of("../docker/kubernetes");

    private static final YAMLMapper YAML = new YAMLMapper();

    /** All objects of all files. */
    static List<JsonNode> all() {
        List<JsonNode> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            files.sorted().forEach(file -> all.addAll(read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** All objects of a file. */
    static List<JsonNode> read(Path file) {
        try (MappingIterator<JsonNode> objects = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
            return objects.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only one of a kind. */
    static JsonNode only(String kind) {
        List<JsonNode> found = all().stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of kind " + kind);
        }
        return found.get(0);
    }

    /** The options that the server is given by name. */
    static List<JsonNode> options() {
        return StreamSupport.stream(
                        only("Keycloak").at("/spec/additionalOptions").spliterator(), false)
                .toList();
    }

    private Manifests() {}
}
