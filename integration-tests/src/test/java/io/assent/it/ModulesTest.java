package io.assent.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The modules in docs/architecture.md, with the arrows between them, are those of the build. */
class ModulesTest {

    private static final Path ROOT = Sources.ROOT.toAbsolutePath().normalize();

    private static final Set<String> OURS = Set.of("io.assent", "${project.groupId}");

    private static final Pattern ARROW = Pattern.compile("^  (\\S+ (?:-->|-\\.->) \\S+)$", Pattern.MULTILINE);

    @Test
    void thePictureHasTheArrowsOfTheBuildAndNoOthers() throws Exception {
        Set<String> arrows = new TreeSet<>();
        for (Path module : modules()) {
            Element pom = pom(module);
            for (Element dependency : dependencies(pom)) {
                // whose POM alone is named is not compiled against, but built before
                if (OURS.contains(text(dependency, "groupId"))
                        && !text(dependency, "type").equals("pom")) {
                    arrows.add("%s %s %s"
                            .formatted(
                                    text(pom, "artifactId"),
                                    text(dependency, "scope").equals("test") ? "-.->" : "-->",
                                    text(dependency, "artifactId")));
                }
            }
        }

        assertThat(drawn()).isNotEmpty().containsExactlyInAnyOrderElementsOf(arrows);
    }

    @Test
    void theTableHasEachModule() throws Exception {
        assertThat(modules()).isNotEmpty().allSatisfy(module -> assertThat(architecture())
                .contains("\n| `" + ROOT.relativize(module) + "` |"));
    }

    private static List<String> drawn() throws IOException {
        String modules = architecture().split("\n### Rooms\n")[0].split("\n## Modules\n")[1];
        return ARROW.matcher(modules).results().map(arrow -> arrow.group(1)).toList();
    }

    private static String architecture() throws IOException {
        return Files.readString(ROOT.resolve("docs/architecture.md"));
    }

    private static List<Path> modules() throws Exception {
        return children(children(pom(ROOT), "modules").get(0), "module").stream()
                .map(module -> ROOT.resolve(module.getTextContent().strip()))
                .toList();
    }

    private static Element pom(Path module) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(module.resolve("pom.xml").toFile())
                .getDocumentElement();
    }

    private static List<Element> dependencies(Element pom) {
        return children(pom, "dependencies").stream()
                .flatMap(all -> children(all, "dependency").stream())
                .toList();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        return children(parent, name).stream().map(Node::getTextContent).collect(Collectors.joining());
    }
}
