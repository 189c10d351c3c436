package io.assent.containers;

import java.nio.file.Path;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image that {@code docker/Dockerfile} makes of the jars that this build made; or, for who builds it first and
 * wants that one tested, the image that the system property {@code assent.image} names.
 */
final class Image {

    static final List<String> MODULES =
            List.of("ciba-authentication-channel", "consent-rest-resource", "permissions-theme");

    static final Path ROOT = Path.of(System.getProperty("assent.root", ".."));

    private static final String VERSION = System.getProperty("assent.version", "0.2.0-SNAPSHOT");

    private static final String GIVEN = System.getProperty("assent.image");

    private static String name;
    private static Boolean engine;

    /** Its name, for a container; it is built when it is first asked for. */
    static synchronized String name() {
        if (name == null) {
            name = isGiven() ? GIVEN : build();
        }
        return name;
    }

    /** Whether it is one that somebody else built. */
    static boolean isGiven() {
        return GIVEN != null;
    }

    /** Whether an engine answers, which is a question to ask before any other. */
    static synchronized boolean engineAnswers() {
        if (engine == null) {
            engine = DockerClientFactory.instance().isDockerAvailable();
            if (!engine) {
                System.err.println("WARNING: no container engine answers: the container tests are skipped");
            }
        }
        return engine;
    }

    static String jar(String module) {
        return module + "-" + VERSION + ".jar";
    }

    private static String build() {
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromPath("Dockerfile", ROOT.resolve("docker/Dockerfile"))
                .withFileFromPath("docker/deploy.sh", ROOT.resolve("docker/deploy.sh"))
                .withFileFromPath("docker/ready.sh", ROOT.resolve("docker/ready.sh"))
                .withFileFromPath("docker/start.sh", ROOT.resolve("docker/start.sh"))
                .withFileFromPath("pom.xml", ROOT.resolve("pom.xml"))
                // the last stage is the same, but the engine's old builder, which is used here, would make the sandbox
                // too
                .withTarget("production");
        for (String module : MODULES) {
            String jar = module + "/target/" + jar(module);
            image.withFileFromPath(jar, ROOT.resolve(jar));
        }
        return image.get();
    }

    private Image() {}
}
