package io.assent.link;

import java.util.Optional;

/**
 * A link as its page has it.
 *
 * @param secret for the link's URL; empty where no phone can claim it any more
 * @param watch by which the page asks how it stands
 */
public record Opened(Link link, Optional<String> secret, String watch) {

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Opened[" + link.id() + "]";
    }
}
