package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether what was shown is what its hashes name, and what was asked; and whether no more was granted. */
final class Shown {

    /** What is wrong; empty where nothing is. */
    static Optional<String> flaw(Document document) {
        Optional<JsonNode> content = document.find("/shownContent");
        if (content.isPresent() != document.text("/contentHash").isPresent()) {
            return Optional.of("Of shownContent and contentHash one is there without the other.");
        }
        return content.flatMap(shown -> flaw(document, shown))
                .or(() -> document.find("/shown").flatMap(words -> wordsFlaw(document, words)))
                .or(() -> grantFlaw(document));
    }

    /** By the names that the permissions had then: the server keeps both as they were asked, whatever came after. */
    private static Optional<String> wordsFlaw(Document document, JsonNode words) {
        Set<String> shown = new TreeSet<>();
        words.path("groups").forEach(group -> group.path("permissions")
                .forEach(permission -> shown.add(permission.path("scope").asText())));
        return shown.equals(document.names("/request/askedScopes"))
                ? Optional.empty()
                : Optional.of("The permissions that were shown are not those that were asked for.");
    }

    private static Optional<String> flaw(Document document, JsonNode content) {
        if (!document.text("/contentHash").equals(Optional.of(Sha256.base64Url(CanonicalJson.of(content))))) {
            return Optional.of("contentHash is not the hash of shownContent.");
        }
        Optional<String> words = document.find("/shown").map(CanonicalJson::of).map(Sha256::of);
        if (words.isEmpty() || !content.path("text").asText().equals(words.get())) {
            return Optional.of("The text that shownContent names is not the hash of the words in shown.");
        }
        if (!Optional.ofNullable(content.path("bindingMessage").textValue())
                .equals(document.text("/request/bindingMessage"))) {
            return Optional.of("The binding message that was shown is not the one that was asked with.");
        }
        List<JsonNode> details = new ArrayList<>();
        content.path("details").forEach(detail -> details.add(detail.path("detail")));
        return same(details, document.at("/request/askedDetails"))
                ? Optional.empty()
                : Optional.of("The details that were shown are not those that were asked for.");
    }

    private static boolean same(List<JsonNode> details, JsonNode others) {
        List<JsonNode> all = new ArrayList<>();
        others.forEach(all::add);
        return details.equals(all);
    }

    private static Optional<String> grantFlaw(Document document) {
        boolean nothing = document.names("/decision/grantedScopes").isEmpty()
                && document.at("/decision/grantedDetails").isEmpty();
        if (!document.approved() && !nothing) {
            return Optional.of("What was denied can't have granted anything.");
        }
        return document.names("/request/askedScopes").containsAll(document.names("/decision/grantedScopes"))
                ? Optional.empty()
                : Optional.of("A permission was granted that was not asked for.");
    }

    private Shown() {}
}
